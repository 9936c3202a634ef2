"""What goes out to others and comes in from them: files in the forms that the sector uses."""
