"""Upstairs: everything that knows Qt. Screens speak to rooms; only the shell knows which screen shows what."""
