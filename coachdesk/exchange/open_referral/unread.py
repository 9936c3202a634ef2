"""Times and days of a feed that cannot be read as such. To the standard they are text, so they are kept word for word and given back;
but each is told with its path, for the lists here do not show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from coachdesk.errors import Refusal
from coachdesk.exchange.open_referral.mapping import day, line, time_text
from coachdesk.exchange.open_referral.reading import Problem, Trail, path_text
from coachdesk.partner import rules

_KEPT = "it is kept as it came, and not shown in the lists"
_INSIDE = ("services", "service", "service_at_locations", "schedules")


def _are_days(text: str) -> bool:
    try:
        return bool(rules.day_codes(text.split(",")))
    except Refusal:
        return False


Wanted = dict[str, tuple[Callable[[str], Any], str]]
_CHECKED: Wanted = {"assured_date": (day, "is not a day")}
_WANTED: Wanted = {
    "opens_at": (time_text, "is not a time of day"), "closes_at": (time_text, "is not a time of day"),
    "byday": (_are_days, "is not a list of days of the week"), "valid_from": (day, "is not a day"), "valid_to": (day, "is not a day")}


def unread(doc: Any, trail: Trail) -> Iterator[Problem]:
    """What an object and all that is in it say of times and days that is neither, each with its path."""
    yield from _of(doc, trail, _CHECKED)
    for key in _INSIDE:
        value = doc.get(key)
        several = [((trail, key), value)] if isinstance(value, dict) else [
            (((trail, key), at), each) for at, each in enumerate(value)] if isinstance(value, list) else []
        for here, each in several:
            if isinstance(each, dict):
                if key == "schedules":
                    yield from _of(each, here, _WANTED)
                yield from unread(each, here)


def _of(doc: dict[str, Any], trail: Trail, wanted: Wanted) -> Iterator[Problem]:
    for key, (read, says) in wanted.items():
        said = line(doc.get(key))
        if said is not None and not read(said):
            yield Problem(path_text((trail, key)), f"{says} (“{said[:40]}”): {_KEPT}.")
