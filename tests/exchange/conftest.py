"""The rooms' own desk: a real encrypted store with two lots, on 12 May 2020."""

from tests.rooms.conftest import desk, desk_template, shelf

__all__ = ["desk", "desk_template", "shelf"]
