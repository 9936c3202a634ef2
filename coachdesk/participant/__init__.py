"""Participants: who they are, whether they belong to the ward and why, the notice they were given and what they consented to."""
