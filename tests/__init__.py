"""The tests: sentences about what the desk does. `python3 dev.py test`."""
