"""The activity screen: help given, appointments, jobs, and the month's sign-off."""
