"""What goes on paper: sheets, walk reports and coaching records, drawn once as PDF."""
