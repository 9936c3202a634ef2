"""Pieces that know one room and serve several screens, and the desk as a screen sees it."""
