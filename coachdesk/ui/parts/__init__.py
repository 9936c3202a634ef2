"""Pieces that every screen is made of and that know no business. Import the module you need: nothing is loaded from here."""
