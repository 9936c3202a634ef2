"""Partner's rules: kinds of organisation, whether a place is open, choosing from a list of words, e-mail, web address, time of day.

Of services and agreements: `offers`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.programme.rules import LONGEST_NAME, line_of, lines_of

# DOMAIN §4.
KINDS = (
    "leisure or community centre", "library", "church or other faith group", "food bank", "youth club", "GP surgery or health centre",
    "college or training provider", "housing association", "Jobcentre", "council", "employer", "debt or advice service", "other",
)
OPEN, RESTRICTED, CLOSED = "open", "restricted", "closed"
VENUE_STATUSES = (OPEN, RESTRICTED, CLOSED)
_SHORT = {"shut": CLOSED, "limited": RESTRICTED, "partly open": RESTRICTED, "reopened": OPEN, "open again": OPEN}
_EMAIL = re.compile(r"[^@\s\"<>,;:]+@[^@\s\"<>,;:.]+(?:\.[^@\s\"<>,;:.]+)+")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)|([01]?\d|2[0-3])")
_WEBSITE = re.compile(r"https?://[^\s/@:]+(?:\.[^\s/@:]+)+(?::\d+)?(?:/\S*)?", re.IGNORECASE)
_ASCII_GAPS = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "'": None, "’": None, "ʼ": None, "`": None})


def folded(text: str) -> str:
    """A name for comparing: no case, accents, apostrophes or punctuation; words parted by one space (NFKD, casefold)."""
    if text.isascii():      # the quick way for most names: a search folds every name there is
        return _ASCII_GAPS.sub(" ", text.lower().replace("'", "").replace("`", "")).strip()
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(sign for sign in split if not unicodedata.combining(sign)).translate(_LETTERS)
    return " ".join("".join(sign if sign.isalnum() or unicodedata.category(sign).startswith("M") else " " for sign in plain).split())


@cache
def _by_fold(words: tuple[str, ...]) -> dict[str, str]:
    """The lists are few and never change."""
    return {folded(word): word for word in words}


def one_of(words: Sequence[str], text: str | None, what: str, short: Mapping[str, str] | None = None) -> str:
    """The one word of a list that the text means: itself in any case, a known short form, its beginning, or one of its words.

    what names the list in the refusal ("a kind of partner"). Refusal, with the list, when none or several fit.
    """
    if text is not None and text in words:  # as the window and the lists write it
        return text
    wanted, known = folded(text or ""), _by_fold(tuple(words))
    if wanted in known:
        return known[wanted]
    if wanted and short and wanted in short:
        return short[wanted]
    for fits in ([word for fold, word in known.items() if wanted and fold.startswith(wanted)],
                 [word for fold, word in known.items() if wanted and f" {wanted} " in f" {fold} "]):
        if len(fits) == 1:
            return fits[0]
    said = f"“{(text or '').strip()[:60]}” is not {what}." if wanted else f"{what[0].upper()}{what[1:]} is needed."
    raise Refusal(said, f"Choose one of: {'; '.join(words)}. Nothing was changed.")


def note_of(text: str | None) -> str | None:
    """A note without the space around it; None when it is empty. Refusal when it is longer than LONGEST_NOTE characters."""
    return lines_of(text, "That note")


def role_of(text: str | None) -> str | None:
    """What somebody does, in one line; None when it is empty. Refusal for a sign that cannot be kept."""
    return line_of(text, "That role")


def email_of(text: str | None) -> str | None:
    """An e-mail address as it was typed; None when it is empty. Refusal when it does not look like one."""
    email = line_of(text, "That e-mail address") or ""
    if not email:
        return None
    if len(email) > LONGEST_NAME or not _EMAIL.fullmatch(email):
        raise Refusal(f"“{email[:60]}” does not look like an e-mail address.",
                      "Write it like name@example.org, or leave it empty. Nothing was changed.")
    return email


def website_of(text: str | None) -> str | None:
    """A web address with its beginning (`www.example.org` gets https://); None when it is empty. Refusal when it does not look like one."""
    typed = line_of(text, "That web address") or ""
    if not typed:
        return None
    address = typed if "://" in typed else f"https://{typed}"
    if not _WEBSITE.fullmatch(address):
        raise Refusal(f"“{typed[:60]}” does not look like a web address.",
                      "Write it like https://example.org, or leave it empty. Nothing was changed.")
    return address


def time_of(text: str | None) -> str | None:
    """A time of day as HH:MM ("9.30", "0930" and "14" are read too); None when it is empty. Refusal otherwise."""
    typed = (text or "").strip()
    if not typed:
        return None
    found = _TIME.fullmatch(typed)
    if not found or not typed.isascii():
        raise Refusal(f"“{typed[:20]}” is not a time of day.", "Write it like 09:30. Nothing was changed.")
    return f"{int(found[1] or found[3]):02d}:{found[2] or '00'}"


def reply_days_of(days: int) -> int:
    """Days within which a reply is expected, 1 to 90. Refusal otherwise."""
    if not 1 <= days <= 90:
        raise Refusal("A reply is expected within 1 to 90 days.", "Type a number of days between them; nothing was changed.")
    return days


def venue_status_of(text: str | None) -> str:
    """Open, restricted or closed, from what was typed. Refusal, with the list, otherwise."""
    return one_of(VENUE_STATUSES, text, "a status of a place", _SHORT)


def check_venue_status(status: str, from_day: date, reason: str | None, review_on: date | None, risk_assessed_on: date | None,
                       today: date) -> None:
    """Refusal when a place is not open without a reason, is reviewed before it begins, or was risk assessed on a day to come."""
    if status != OPEN and not reason:
        raise Refusal(f"A place that is {status} needs a reason.", "Say why in a few words, such as “flood”. Nothing was changed.")
    if review_on is not None and review_on < from_day:
        raise Refusal(f"The review on {day_text(review_on)} would be before {day_text(from_day)}.", "Check both days; nothing was changed.")
    if risk_assessed_on is not None and risk_assessed_on > today:
        raise Refusal(f"{day_text(risk_assessed_on)} is still to come, so the risk was not assessed yet.",
                      "Leave it empty until it is done. Nothing was changed.")


def status_words(status: str, since: date | None) -> str:
    """A status with a sign of its own, as lists show it: `○ open`, `◐ restricted since 4 May 2020`, `✕ closed since 23 Mar 2020`."""
    sign = {OPEN: "○", RESTRICTED: "◐", CLOSED: "✕"}.get(status, "?")
    return f"{sign} {status}" + (f" since {since.day} {day_text(since).split()[1][:3]} {since.year}" if since and status != OPEN else "")
