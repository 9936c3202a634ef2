"""The screen of the participant room: caseload, registration, one person."""
