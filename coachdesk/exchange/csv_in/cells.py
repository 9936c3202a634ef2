"""Cells as people write them, as values: days, telephones, postcodes, ticks, money. ValueError says what is wrong and what to write.

Dates are day-first; two figures for a year mean the nearest year that fits. What a spreadsheet spoilt in one way only is mended, and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.participant import rules as participant_rules
from coachdesk.partner.actions import phone_of as called
from coachdesk.partner.actions import postcode_typed
from coachdesk.partner.rules import email_of as mailed
from coachdesk.place.rules import postcode_of as shape_of

Reader = Callable[[str, date], Any]
NOTHING = frozenset(("n/a", "na", "none given", "not known", "not given", "unknown", "null", "nil", "#n/a", "-", "--", "–", "—", ".", "?"))
NO_FIXED_ABODE = "no fixed abode"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MONTHS = {
    name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_TIME = r"(?:[T ]\d{1,2}:\d{2}.*)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ]+(\d{1,2}|[a-z]{3,9})\.?[-/. ]+(\d{4}|\d{2})" + _TIME, re.IGNORECASE)
_MONTH_NAMED = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* ", re.IGNORECASE)
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
_WRAPPED = re.compile(r'=?"([0-9A-Za-z +/.-]*)"|\'(?=[0-9+])(.*)')
_ALIKE = {"0": "0O", "O": "O0", "1": "1I", "I": "I1", "L": "L1"}
_UNITS = {"week": 1.0, "wk": 1.0, "month": 52 / 12, "mth": 52 / 12, "year": 52.0, "yr": 52.0}


@dataclass(frozen=True, slots=True)
class Mended:
    """A value that stood there in another form; says: how it was read."""

    value: Any
    says: str


def harmless(text: str) -> str:
    """A text as a cell of a csv that we write: a spreadsheet never takes it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def bare(text: str) -> str:
    """A cell without what a spreadsheet puts around figures to leave them alone: `="07400 123456"`, `'07400 123456`."""
    found = _WRAPPED.fullmatch(text)
    return (found[1] if found[1] is not None else found[2]).strip() if found else text


def text_of(text: str, today: date) -> str:
    """A text as it stands."""
    return text


def person_name_of(text: str, today: date) -> str:
    """A full name; "Surname, Given" is turned round."""
    family, comma, given = text.partition(",")
    if comma and given.strip() and family.strip() and "," not in given:
        return f"{given.strip()} {family.strip()}"
    return text


def _ruled(rule: Callable[[str], Any], text: str) -> Any:
    """A value by a room's rule, its refusal as a sentence about the cell."""
    try:
        return rule(text)
    except Refusal as refusal:
        raise ValueError(spoken(refusal)) from None


def spoken(refusal: Refusal) -> str:
    """A refusal's sentence and what to do next, without the part that says nothing was changed: that is so of every refused line."""
    following = re.sub(r"[;.,]? *[Nn]othing was (?:changed|saved)( yet)?\.", ".", refusal.next_step).strip(" .")
    return f"{refusal.sentence} {following}." if following else refusal.sentence


def day_of(text: str, today: date) -> date:
    """A day as charities write it: 31/12/1980, 31-Dec-80, 31.12.1980, 31st December 1980, 1980-12-31, a spreadsheet's 29586.

    ValueError that says what is wrong. A month-first date is refused where it cannot be day-first; it is never turned round in silence.
    """
    return _day(text, lambda year: _passed(year, today))


def near_day_of(text: str, today: date) -> date:
    """A day that may be to come, such as that of a follow-up: two figures for a year mean the nearest such year."""
    return _day(text, lambda year: min((century + year for century in range(1900, 2200, 100)), key=lambda full: abs(full - today.year)))


def _day(text: str, whole_year: Callable[[int], int]) -> date:
    words = _WEEKDAY.sub("", " ".join(bare(text).replace(",", " ").split()), count=1)
    if found := _ISO.fullmatch(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(words):
        day, middle, last = int(found[1]), found[2].casefold(), found[3]
        month = int(middle) if middle.isdigit() else _MONTHS.get(middle[:3], 0)
        year = int(last) if len(last) == 4 else whole_year(int(last))
        if is_month_first(text):
            raise ValueError(f"“{_short(text)}” would be month-first, and dates are read day-first: write {middle}/{found[1]}/{year}")
    elif found := _MONTH_NAMED.fullmatch(words):
        day, month, year = int(found[2]), _MONTHS.get(found[1].casefold()[:3], 0), int(found[3])
    elif _SERIAL.fullmatch(words) and 3_000 <= int(float(words)) <= 60_000:
        return date(1899, 12, 30) + timedelta(days=int(float(words)))
    else:
        raise ValueError(f"“{_short(text)}” is not a day: write it like 31/12/1980")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{_short(text)}” is not a day of the calendar: write it like 31/12/1980") from None


def is_month_first(text: str) -> bool:
    """Whether a date can only be read with the month before the day, as in 12/31/1980."""
    found = _DAY_FIRST.fullmatch(" ".join(bare(text).split()))
    return bool(found) and found[2].isdigit() and 12 < int(found[2]) <= 31 and 1 <= int(found[1]) <= 12  # type: ignore[index]


def _passed(year: int, today: date) -> int:
    """80 is 1980, 05 is 2005: the latest such year that is not to come."""
    return next(century + year for century in (today.year // 100 * 100, today.year // 100 * 100 - 100) if century + year <= today.year)


def phone_of(text: str, today: date) -> Any:
    """A telephone number; a leading nought that a spreadsheet dropped is put back, and said."""
    typed = bare(text).removesuffix(".0")
    figures = re.sub(r"[^0-9]", "", typed)
    if re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d+", typed):
        raise ValueError(f"a spreadsheet has shortened this telephone number to “{typed}”: type it again, as text")
    if len([part for part in re.split(r"[/;,&\n]|\bor\b|\band\b", typed) if len(re.sub(r"\D", "", part)) > 6]) > 1:
        raise ValueError("there are two telephone numbers in this cell: leave one, and put the other into a note")
    if re.fullmatch(r"[1-37]\d{9}", figures) and not typed.startswith("+"):
        return Mended(_ruled(called, f"0{figures}"), f"{typed} was read as 0{figures}")
    if re.fullmatch(r"44[1-37]\d{9}", figures) and not typed.startswith("+"):
        return _ruled(called, f"+{figures}")
    return _ruled(called, typed.replace("(0)", "") if typed.startswith(("+", "00")) else typed)


def postcode_of(text: str, today: date) -> Any:
    """A postcode; O for nought and I for one are mended where only one postcode can be meant, and said."""
    typed = bare(text)
    if typed.casefold().strip(" .") in ("nfa", "n.f.a", NO_FIXED_ABODE, "homeless", "no fixed address"):
        return NO_FIXED_ABODE
    if shape_of(typed) is not None:
        return postcode_typed(typed)
    signs = re.sub(r"[\s.-]", "", typed).upper()
    if 5 <= len(signs) <= 7 and sum(sign in _ALIKE for sign in signs) <= 4:
        meant = {shape for each in product(*(_ALIKE.get(sign, sign) for sign in signs)) if (shape := shape_of("".join(each)))}
        if len(meant) == 1:
            return Mended(postcode := meant.pop(), f"{typed} was read as {postcode}")
    return _ruled(postcode_typed, typed)


def ni_number_of(text: str, today: date) -> Any:
    """A National Insurance number, however it is spaced; the number itself is never repeated."""
    return _ruled(participant_rules.ni_number_of, re.sub(r"[\s./-]", "", bare(text)))


def email_of(text: str, today: date) -> Any:
    """An e-mail address."""
    return _ruled(mailed, text.removeprefix("mailto:"))


def born_of(text: str, today: date) -> date:
    """A date of birth: no day to come."""
    found = day_of(text, today)
    if found > today:
        raise ValueError(f"{day_text(found)} is still to come, so nobody was born on it: check the year")
    return found


def yes_no_of(text: str, today: date) -> bool:
    """Yes or no as people tick it. ValueError otherwise."""
    word = text.casefold().strip(" .!")
    if word in ("yes", "y", "true", "t", "1", "x", "✓", "✔", "☑", "ok", "yes please", "given"):
        return True
    if word in ("no", "n", "false", "f", "0", "✗", "☐", "no thanks", "refused"):
        return False
    raise ValueError(f"“{_short(text)}” is neither yes nor no: write yes or no, or leave it empty")


def consent_of(text: str, today: date) -> str:
    """An answer on consent: given or refused, or withdrawn in so many words."""
    if text.casefold().strip(" .") == participant_rules.WITHDRAWN:
        return participant_rules.WITHDRAWN
    return participant_rules.GIVEN if yes_no_of(text, today) else participant_rules.REFUSED


def number_of(text: str, today: date) -> int:
    """A whole number, with or without the word for what it counts."""
    found = re.fullmatch(r"(\d{1,6})(?:\.0+)?\s*(?:hours?|hrs?|h|days?|d)?(?: (?:a|per) week)?", bare(text).casefold().replace(",", ""))
    if not found:
        raise ValueError(f"“{_short(text)}” is not a whole number")
    return int(found[1])


def weeks_of(text: str, today: date) -> Any:
    """A number of weeks; months and years are turned into weeks, and said."""
    found = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)\s*(week|wk|month|mth|year|yr)?s?\.?", bare(text).casefold())
    if not found:
        raise ValueError(f"“{_short(text)}” is not a number of weeks")
    weeks = round(float(found[1]) * _UNITS[found[2] or "week"])
    return (
        weeks
        if found[2] in (None, "week", "wk") and "." not in found[1].removesuffix(".0")
        else Mended(weeks, f"{_short(text)} was read as {weeks} weeks")
    )


def pence_of(text: str, today: date) -> int:
    """An amount of money an hour, in pence: £9.50, 9.5, 9.50 an hour."""
    found = re.fullmatch(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,5})(?:\.(\d{1,2}))?\s*(?:p/?h|an hour|per hour|/h|/hr|ph)?", bare(text).casefold())
    if not found:
        raise ValueError(f"“{_short(text)}” is not an amount such as 9.50")
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


def words_of(text: str, today: date) -> list[str]:
    """Words with commas, semicolons, bars or new lines between them."""
    return [word.strip() for word in re.split(r"[;,|\n]", text) if word.strip()]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
