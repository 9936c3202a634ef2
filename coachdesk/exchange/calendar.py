"""Appointments as a calendar file (iCalendar, RFC 5545): what every calendar program takes in.

Whatever is typed stays one value of one line: text is escaped, signs that a calendar may not hold are left out, and lines are folded at
75 octets without breaking a letter in two. Times are the United Kingdom's, with the rule of its summer time in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

ZONE = "Europe/London"
MOST_OCTETS = 75
_PRODUCT = "-//CoachDesk//Referral//EN"
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")       # beside tab and line feed
_SUMMER = (
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST", "DTSTART:19810329T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One appointment. key: the same for the same appointment, always; changes: how often it was moved or called off.

    at: `10:30`, the time in the United Kingdom; stamped: an aware instant, when this was written.
    """

    key: str
    changes: int
    stamped: datetime
    on_day: date
    at: str
    minutes: int
    summary: str
    place: str
    description: str
    is_off: bool = False


def calendar(events: Iterable[Event]) -> bytes:
    """The file. All of its events are called off, or none is: a calendar program takes one deed at a time."""
    every = tuple(events)
    method = "CANCEL" if every and all(each.is_off for each in every) else "PUBLISH"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}", *_SUMMER]
    for each in every:
        lines += _event(each)
    lines.append("END:VCALENDAR")
    return b"".join(piece for line in lines for piece in _folded(line))


def _event(event: Event) -> Iterator[str]:
    clock = event.at.replace(":", "")
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.key)}"
    yield f"DTSTAMP:{event.stamped.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{event.changes}"
    yield f"DTSTART;TZID={ZONE}:{event.on_day:%Y%m%d}T{clock}00"
    yield f"DURATION:PT{event.minutes}M"
    yield f"SUMMARY:{text(event.summary)}"
    yield f"LOCATION:{text(event.place)}"
    yield f"DESCRIPTION:{text(event.description)}"
    yield f"STATUS:{'CANCELLED' if event.is_off else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:OPAQUE"
    yield "END:VEVENT"


def text(words: str) -> str:
    """A text as a value may hold it: one line, with marks for what would end it."""
    one = _UNSEEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    return one.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """A line in pieces of at most 75 octets, each whole letters, the later ones after a space."""
    piece, room = b"", MOST_OCTETS
    for letter in line:
        octets = letter.encode("utf-8")
        if len(octets) > room:
            yield piece + b"\r\n"
            piece, room = b" ", MOST_OCTETS - 1
        piece += octets
        room -= len(octets)
    yield piece + b"\r\n"
