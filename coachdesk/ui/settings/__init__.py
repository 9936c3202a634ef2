"""The settings screen: how the desk looks, that it is safe, who changed what, and what it is made of."""
