"""Values as they are typed on a command line: strict days, months and numbers, and text without unseen characters."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from coachdesk.clock import month_from_text
from coachdesk.errors import Refusal

EARLIEST, LATEST = 1900, 2199
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
# Letters that turn the reading direction of what follows: on paper and in lists they would scramble their neighbours.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONG_QUOTE = re.compile(r"“([^”]{80})[^”]+”")


def number(text: str) -> int:
    """A whole number in the digits 0-9. ValueError for anything else."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def count(text: str) -> int:
    """How many, 0 or more. ValueError for anything else."""
    found = number(text)
    if found < 0:
        raise ValueError(f"{text!r} is less than nothing")
    return found


def day(text: str) -> date:
    """A day as YYYY-MM-DD, of the years 1900 to 2199. ValueError for anything else."""
    if not _DAY.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not a day like 2020-05-12")
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not a day like 2020-05-12") from None
    if not EARLIEST <= found.year <= LATEST:
        raise ValueError(f"{text!r} is not a day of the years {EARLIEST} to {LATEST}")
    return found


def month(text: str) -> int:
    """A month as YYYY-MM, of the years 1900 to 2199. ValueError for anything else."""
    if not _MONTH.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not a month like 2020-05")
    found = month_from_text(text)
    if not EARLIEST <= found // 12 <= LATEST:
        raise ValueError(f"{text!r} is not a month of the years {EARLIEST} to {LATEST}")
    return found


def clean(text: str, what: str) -> str:
    """Text as it may be kept: letters and signs, spaces, tabs and new lines, with something to be seen. Refusal otherwise.

    what: the field's name, for the sentence.
    """
    for letter in text:
        kind = unicodedata.category(letter)
        if letter in "\t\n\r":
            continue
        if kind in ("Cc", "Cs") or letter in _TURNING:
            raise Refusal(f"{what} holds a character that cannot be seen (U+{ord(letter):04X}).", "Type it again. Nothing was changed.")
    if text and all(letter.isspace() or unicodedata.category(letter) == "Cf" for letter in text):
        return ""
    return text


def shown(text: str) -> str:
    """Text for a terminal: control and direction characters spelt out, so that what is kept cannot command the screen."""
    return "".join(
        letter if letter in "\t\n" or not (unicodedata.category(letter) in ("Cc", "Cs") or letter in _TURNING) else f"\\u{ord(letter):04x}"
        for letter in text
    )


def sentence(text: str) -> str:
    """One sentence on one line: long quotations shortened, nothing that commands the screen."""
    short = _LONG_QUOTE.sub("“\\1…”", text)
    return shown(" ".join(short.split()))


def folded(text: str) -> str:
    """A name for comparison: without case, accents and doubled spaces."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return " ".join(plain.split())
