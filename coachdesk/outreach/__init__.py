"""Outreach: sessions at food banks, job clubs, coffee mornings and events, and the people who walk up. Never holds a participant's id."""
