"""Laptops that meet in a shared folder, agree, and can prove it: segments, keys, membership, the folder, the turn (SYNC.md)."""
