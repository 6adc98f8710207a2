"""Floor five: puts the parts together; nothing else imports all of them."""
