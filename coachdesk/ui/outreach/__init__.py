"""Outreach on the screen: sessions, the session desk with its counting keys and its one line, follow-ups."""
