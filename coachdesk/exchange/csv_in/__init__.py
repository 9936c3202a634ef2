"""Bringing in a csv file: reading, columns, rows through the rooms own actions, a report, one undoable act."""
