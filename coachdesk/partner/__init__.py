"""Partners and their venues: organisations in the neighbourhood, where they meet people, and whom to ring."""
