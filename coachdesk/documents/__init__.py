"""Paper: the only room that knows reportlab. Functions take frozen dataclasses, write a PDF, and know no store.

Heavy imports live in the modules, not here: importing this package alone costs nothing at start-up.
"""
