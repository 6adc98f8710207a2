"""The places of the window: each page uses services and widgets and knows no other page."""
