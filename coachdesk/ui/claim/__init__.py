"""The claims screen: a lot's month with its lines, what is not paid and why, the floor, and all months at a glance."""
