"""What a person sees of sync: the shared place, what has to be chosen, the team."""
