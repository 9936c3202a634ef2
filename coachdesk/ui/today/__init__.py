"""Today on the screen: what is due, how it stands, what was done last."""
