"""CoachDesk: a desk for employment coaches who work in one neighbourhood."""

__version__ = "0.4.0"
