"""How alike two people's details are, told apart from how much that weighs: names, dates, postcodes and numbers, two at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from coachdesk.participant.rules.matching.names import is_one_name, is_one_surname, skeleton, words


class Like(IntEnum):
    """How two values compare. UNKNOWN: one of them is empty."""

    DIFFERENT = 0
    ROUGH = 1
    INITIAL = 2
    PART = 3
    CLOSE = 4
    SAME = 5  # another spelling or a short form of the same
    EXACT = 6
    UNKNOWN = 7


@dataclass(frozen=True)
class Person:
    """What is compared of one person, as it was typed. Without a surname the last word of given_name stands for it."""

    given_name: str = ""
    surname: str = ""
    date_of_birth: str = ""
    postcode: str = ""
    phone: str = ""
    ni_number: str = ""

    @classmethod
    def named(cls, name: str, **other: str) -> Person:
        """A person whose name was written in one box."""
        parts = name.split()
        return cls(" ".join(parts[:-1]) if len(parts) > 1 else "", parts[-1] if parts else "", **other)


@dataclass(frozen=True, slots=True)
class Known:
    """A person ready for comparing: plain words, digits and signs only."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    born: str  # eight digits, year first, where the date could be read; else its signs as text
    postcode: str
    phone: str  # the last nine digits
    ni: str  # the first eight signs


@lru_cache(maxsize=32768)
def known(person: Person) -> Known:
    """Reads a person once; nothing is refused."""
    ni = re.sub(r"[^a-z0-9]", "", person.ni_number.lower())
    digits = re.sub(r"[^0-9]", "", person.phone)
    return Known(
        words(person.given_name),
        words(person.surname),
        born_signs(person.date_of_birth),
        re.sub(r"[^a-z0-9]", "", person.postcode.lower()),
        digits[-9:] if len(digits) >= 6 else "",
        ni[:8] if len(ni) >= 8 else "",
    )


_YEAR_FIRST = re.compile(r"([12]\d{3})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ].*)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]([12]\d{3})$")
_DAY_FIRST_TIGHT = re.compile(r"(\d{2})(\d{2})(19\d{2}|20\d{2})$")


@lru_cache(maxsize=65536)
def born_signs(text: str) -> str:
    """A date of birth as eight digits, year first ("19800305"), whatever way round it was written; what cannot be read, as text."""
    text = text.strip()
    if found := _DAY_FIRST.match(text):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.match(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST_TIGHT.match(text):
        day, month, year = found.groups()
    else:
        return re.sub(r"[^a-z0-9]", "", text.lower())
    return f"{year}{int(month):02d}{int(day):02d}"


def given_names(one: tuple[str, ...], other: tuple[str, ...]) -> Like:
    """Compares given names: the first word counts; a second name or an initial may be missing on either side."""
    return _names(one, other, is_given=True)


def surnames(one: tuple[str, ...], other: tuple[str, ...]) -> Like:
    """Compares surnames; one half of a double-barrelled name is PART."""
    return _names(one, other, is_given=False)


@lru_cache(maxsize=131072)
def _names(one: tuple[str, ...], other: tuple[str, ...], *, is_given: bool) -> Like:
    if not one or not other:
        return Like.UNKNOWN
    if one == other or "".join(one) == "".join(other):
        return Like.EXACT
    best = _word("".join(one), "".join(other), is_given)
    if len(one) > 1 or len(other) > 1:
        first = _word(one[0], other[0], is_given)
        if is_given and first >= Like.CLOSE:
            best = max(best, min(first, Like.SAME))
        among = max(_word(this, that, is_given) for this in one for that in other)
        if among >= Like.CLOSE:
            best = max(best, Like.PART)
    return best


def _word(one: str, other: str, is_given: bool) -> Like:
    if one == other:
        return Like.EXACT
    if (is_one_name if is_given else is_one_surname)(one, other):
        return Like.SAME
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return Like.INITIAL if longer.startswith(shorter) else Like.DIFFERENT
    if len(shorter) >= 3:
        apart = OSA.distance(one, other)
        if apart == 1 and len(longer) >= 4 or apart == 2 and len(shorter) >= 6:
            return Like.CLOSE
        if len(skeleton(one)) >= 2 and skeleton(one) == skeleton(other) and (len(shorter) >= 4 or apart <= 1):
            return Like.CLOSE
        if len(shorter) >= 4 and longer.startswith(shorter):
            return Like.CLOSE
        if JaroWinkler.similarity(one, other) >= 0.86 or apart <= max(2, len(longer) // 3) and len(shorter) >= 5:
            return Like.ROUGH
    elif longer.startswith(shorter) or OSA.distance(one, other) == 1:
        return Like.ROUGH
    return Like.DIFFERENT


@lru_cache(maxsize=65536)
def dates(one: str, other: str) -> tuple[Like, str]:
    """Compares two dates of birth (born_signs) and says how: swapped, one digit, two digits changed places, ten years."""
    if not one or not other:
        return Like.UNKNOWN, ""
    if one == other:
        return Like.EXACT, "the same date of birth"
    if len(one) == len(other) == 8 and one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]:
        return Like.SAME, "day and month of birth changed about"
    apart = OSA.distance(one, other)
    if apart == 1 and min(len(one), len(other)) >= 5:
        return Like.CLOSE, "a date of birth with one digit different"
    if apart == 2 and min(len(one), len(other)) >= 7 and (one[:4] == other[:4] or one[4:] == other[4:]):
        return Like.ROUGH, "a similar date of birth"
    return Like.DIFFERENT, ""


def postcodes(one: str, other: str) -> Like:
    """Compares two postcodes: CLOSE with one sign typed wrongly or two changed about, ROUGH within one sector."""
    if not one or not other:
        return Like.UNKNOWN
    if one == other:
        return Like.EXACT
    if OSA.distance(one, other) == 1 and min(len(one), len(other)) >= 4:
        return Like.CLOSE
    return Like.ROUGH if len(one) >= 5 and one[:-2] == other[:-2] else Like.DIFFERENT


def numbers(one: str, other: str) -> Like:
    """Compares two telephone or National Insurance numbers, sign by sign."""
    if not one or not other:
        return Like.UNKNOWN
    if one == other:
        return Like.EXACT
    return Like.CLOSE if OSA.distance(one, other) == 1 else Like.DIFFERENT
