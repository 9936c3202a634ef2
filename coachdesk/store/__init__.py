"""The encrypted store: keys, engine, the one door for writes, the log of operations, backup and upgrade. Knows no room."""
