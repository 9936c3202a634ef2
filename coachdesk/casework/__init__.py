"""Casework: one person across all rooms. What is due today, the caseload, the timeline, the search box, the log of changes."""
