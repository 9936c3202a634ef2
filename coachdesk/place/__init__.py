"""Postcodes and wards: packed editions of the public directories, and their importers. Public data, outside the encrypted store."""
