"""From what somebody typed to what is compared: plain words, eight digits of a date, signs of a postcode and of numbers.

Nothing is refused. A word that stands for "we do not know" is read as nothing, so that two unknown values never count as the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coachdesk.participant.rules.matching.names import words


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
        """A person whose name was written in one box: "Robert Whitehouse" or "WHITEHOUSE, Robert"."""
        last, comma, first = name.partition(",")
        if comma and last.strip() and first.strip():
            return cls(first.strip(), last.strip(), **other)
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


_NOTHING_WORDS = """
unknown unk notknown na nan none null nil nothing notgiven notprovided notstated notapplicable notavailable notrecorded norecord tbc tba
tbd refused declined withheld missing blank empty pending anonymous anon xx xxx xxxx nfa nofixedabode homeless dontknow doesntknow noname
nophone nonumber nopostcode nodob nonino unspecified undisclosed
"""
_NOTHING = frozenset(_NOTHING_WORDS.split())
_NO_DAY = frozenset(("00000000", "11111111", "99999999", "19000101", "19010101", "99991231", "12345678", "00010101"))
_POINT_NOUGHT = re.compile(r"(?<=\d)\.0$")  # a number that went through a spreadsheet


@lru_cache(maxsize=32768)
def known(person: Person) -> Known:
    """Reads a person once; nothing is refused."""
    return Known(
        words(_said(person.given_name)),
        words(_said(person.surname)),
        born_signs(person.date_of_birth),
        postcode_signs(person.postcode),
        phone_signs(person.phone),
        ni_signs(person.ni_number),
    )


def _said(text: str) -> str:
    """The text, or nothing where it says that nothing is known."""
    text = _POINT_NOUGHT.sub("", text.strip())
    plain = "".join(sign for sign in text.casefold() if sign.isalnum())
    return "" if plain in _NOTHING else text


_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$")
_PARTS = re.compile(r"(?=\w*\d)(\w{1,3})[-/. ]+(?=\w*\d)(\w{1,3})[-/. ]+(?=\w*\d)(\S{3,5})$")
_SHORT_YEAR = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{2})$")
_DAY_FIRST_TIGHT = re.compile(r"(\d{2})(\d{2})(19\d{2}|20\d{2})$")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[- ./]*(?:of )?)([a-z]{3,9})[a-z.]*[- ,./]*(\d{4}|\d{2})$")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?[- ]*(\d{1,2})(?:st|nd|rd|th)?[- ,.]+(\d{4})$")
_OLDEST_SHORT = 15  # 16 and above is 19.., as nobody on a programme is a child


@lru_cache(maxsize=65536)
def born_signs(text: str) -> str:
    """A date of birth as eight digits, year first ("19800305"), whatever way round it was written; what cannot be read, as text."""
    text = _TIME.sub("", _said(text)).casefold().strip()
    if found := _YEAR_FIRST.match(text):
        year, month, day = found.groups()
    elif found := _SHORT_YEAR.match(text) or _PARTS.match(text):
        day, month, year = found.groups()
    elif (found := _NAMED.match(text)) and found[2][:3] in _MONTHS:
        day, month, year = found[1], str(_MONTHS[found[2][:3]]), found[3]
    elif (found := _NAMED_FIRST.match(text)) and found[1][:3] in _MONTHS:
        day, month, year = found[2], str(_MONTHS[found[1][:3]]), found[3]
    elif (found := _DAY_FIRST_TIGHT.match(text)) and not text.startswith(("19", "20")):
        day, month, year = found.groups()
    else:
        plain = "".join(sign for sign in text if sign.isalnum())
        return "" if plain in _NO_DAY else plain
    if len(year) == 2:
        year = f"{'20' if int(year) <= _OLDEST_SHORT else '19'}{year}"
    if month.isdigit() and day.isdigit() and int(month) > 12 >= int(day):  # written month first
        day, month = month, day
    signs = f"{year}{month:0>2}{day:0>2}"
    return "" if signs in _NO_DAY else signs


_BRITISH = re.compile(r"([a-z]{1,2}[0-9oil][a-z0-9]?)([0-9oil])([a-z0-9]{2})$")
_TO_DIGIT, _TO_LETTER = str.maketrans("oil", "011"), str.maketrans("0158", "oisb")


@lru_cache(maxsize=65536)
def postcode_signs(text: str) -> str:
    """A postcode as small letters and digits; O for nought and I for one where a British postcode has a digit, and the other way about."""
    plain = "".join(sign for sign in _said(text).casefold() if sign.isascii() and sign.isalnum())
    if plain.isdigit():
        return "" if not plain.strip("0") else plain.zfill(4) if len(plain) < 4 else plain[:5]
    if found := _BRITISH.match(plain):
        return found[1] + found[2].translate(_TO_DIGIT) + found[3].translate(_TO_LETTER)
    return plain


@lru_cache(maxsize=65536)
def phone_signs(text: str) -> str:
    """The last nine digits of a telephone, so that +44, 0044 and a leading nought make no difference; of several the first."""
    parts = re.split(r"[/;,|]|\bor\b|\bext\b|\bx(?=\d)", _said(text).casefold())
    digits = next((found for part in parts if len(found := "".join(sign for sign in part if sign.isdigit())) >= 6), "")
    return "" if len(set(digits)) <= 2 or "123456789".startswith(digits[-9:].lstrip("0")) else digits[-9:]


def ni_signs(text: str) -> str:
    """The first eight signs of a National Insurance number (the last letter says nothing); what is shorter, as text."""
    plain = "".join(sign for sign in _said(text).casefold() if sign.isascii() and sign.isalnum())
    return plain[:8] if len(plain) >= 5 and len(set(plain[2:8])) > 1 else ""
