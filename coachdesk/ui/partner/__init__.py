"""The partners' screen: organisations, their people and places, and how the traffic with them goes."""
