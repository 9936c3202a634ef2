"""One typed line read as a contact: "Zoë Kowalska 07400 123456 b34 7aa cv, benefits f/u 19/5".

Forgiving: whatever is not read as a telephone number, a postcode, a day or a topic is the name. Nothing typed is lost: `taken` holds
every piece that was read as something else, as it was typed, and a note is whatever follows `note:` or a semicolon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.outreach.rules.words import AFTER_A_NAME, CLEAR
from coachdesk.partner.rules import folded
from coachdesk.place.rules import postcode_of

LONGEST_LINE = 1000
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "may" else "may" for name in _MONTHS) + "|sept"
_DAY = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MARK = r"(?:f/u|fu|f\.u\.|follow[ -]?up|call back|callback|ring back|see again)(?:\s+(?:on|by|in))?[:\s]*"

_NOTE = re.compile(r"(?:;|\bnote\s*:)\s*(.*)\Z", re.IGNORECASE | re.DOTALL)
_PHONE = re.compile(r"(?<![\w+])(?:\+|00|\(?0)[\d\s()./-]{6,24}\d(?!\w)")
_POSTCODE = re.compile(r"(?<!\w)[A-Za-z]{1,2}[0-9][0-9A-Za-z]?\s*[0-9][A-Za-z]{2}(?!\w)")
_NUMERIC = re.compile(
    rf"(?<![\w/.-])(?:{_MARK})?([0-9]{{1,2}})([/.-])([0-9]{{1,2}})(?:\2([0-9]{{4}}|[0-9]{{2}}))?(?![\w/-])", re.IGNORECASE)
_WRITTEN = re.compile(
    rf"(?<!\w)(?:{_MARK})?([0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b(?:\s+([0-9]{{4}}))?(?!\w)", re.IGNORECASE)
_LATER = re.compile(rf"(?<!\w)(?:{_MARK})?in\s+([0-9]{{1,3}}|{'|'.join(_NUMBERS)})\s+(days?|weeks?|wks?|months?)(?!\w)", re.IGNORECASE)
_SOON = re.compile(rf"(?<!\w)(?:{_MARK})?(tomorrow|next week|next month)(?!\w)", re.IGNORECASE)
_NAMED_DAY = re.compile(rf"(?<!\w)({_MARK})?(?:(?:on|by|next)\s+)?({_DAY})(?!\w)", re.IGNORECASE)
_BARE_MARK = re.compile(rf"(?<!\w){_MARK}\Z|(?<!\w){_MARK}(?=[\s,])", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;\ue000]+")
_HOLE = "\ue000"      # stands where a piece was read (a private-use sign; typed ones are turned into spaces first)


@dataclass(frozen=True, slots=True)
class ContactLine:
    """What a line says. name may be empty; taken: the pieces read as phone, postcode, day or topic, as they were typed."""

    name: str
    phone: str | None
    postcode: str | None
    topics: tuple[str, ...]
    note: str | None
    follow_up_on: date | None
    taken: tuple[str, ...]


def parse_line(text: str, today: date) -> ContactLine:
    """Reads one typed line. Days are day-first; a day without a year is the next one of its kind. Never refuses, never loses text.

    Only the first telephone number, postcode and day are read; further ones stay with the name, where they can be seen.
    A line longer than LONGEST_LINE characters is a name and nothing else, for the room to refuse.
    """
    if len(text) > LONGEST_LINE:
        return ContactLine(_tidy(text), None, None, (), None, None, ())
    rest, note = text.replace(_HOLE, " "), None
    said = _NOTE.search(rest)
    if said:
        rest, note = rest[:said.start()], _tidy(said[1]) or None
    taken: list[str] = []
    rest, postcode = _postcode(rest, taken)
    rest, on = _day(rest, today, taken)
    rest, phone = _phone(rest, taken)
    if on is None:
        rest, on = _weekday(rest, today, taken)
    rest, topics = _topics(rest, taken)
    return ContactLine(_tidy(rest.replace(_HOLE, " ")), phone, postcode, tuple(sorted(topics)), note, on, tuple(taken))


def _tidy(text: str) -> str:
    """Single spaces, and no commas or dashes left standing at the ends or alone."""
    words = [word for word in re.split(r"[\s,]+", text) if word and word not in ("-", "–", "—", "&", "and")]
    return " ".join(words)


def _cut(text: str, start: int, end: int, taken: list[str]) -> str:
    taken.append(text[start:end].strip())
    return f"{text[:start]} {_HOLE} {text[end:]}"


def _postcode(text: str, taken: list[str]) -> tuple[str, str | None]:
    for found in _POSTCODE.finditer(text):
        known = postcode_of(found[0])
        if known:
            return _cut(text, *found.span(), taken), known
    return text, None


def _phone(text: str, taken: list[str]) -> tuple[str, str | None]:
    for found in _PHONE.finditer(text):
        digits = sum(sign.isdigit() for sign in found[0])
        if 9 <= digits <= 16:
            return _cut(text, *found.span(), taken), " ".join(found[0].split())
    return text, None


def _day(text: str, today: date, taken: list[str]) -> tuple[str, date | None]:
    """The first day written with numbers, a month's name, or counted from today."""
    for shape, meaning in ((_NUMERIC, _of_numbers), (_WRITTEN, _of_month), (_LATER, _of_count), (_SOON, _of_soon)):
        for found in shape.finditer(text):
            on = meaning(found, today)
            if on is not None:
                return _cut(text, *found.span(), taken), on
    return text, None


def _of_numbers(found: re.Match[str], today: date) -> date | None:
    return _dated(int(found[1]), int(found[3]), found[4], today)


def _of_month(found: re.Match[str], today: date) -> date | None:
    return _dated(int(found[1]), [name[:3] for name in _MONTHS].index(found[2].lower()[:3]) + 1, found[3], today)


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else range(today.year, today.year + 9)
    for each in years:
        try:
            on = date(each, month, day)
        except ValueError:
            continue
        if year or on >= today:
            return on
    return None


def _of_count(found: re.Match[str], today: date) -> date | None:
    number = _NUMBERS.get(found[1].lower()) or int(found[1])
    unit = found[2].lower()[0]
    return _months_on(today, number) if unit == "m" else _after(today, number * (7 if unit == "w" else 1))


def _of_soon(found: re.Match[str], today: date) -> date | None:
    word = " ".join(found[1].lower().split())
    return _months_on(today, 1) if word == "next month" else _after(today, 1 if word == "tomorrow" else 7)


def _after(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def _months_on(today: date, months: int) -> date | None:
    count = today.year * 12 + today.month - 1 + months
    for day in range(today.day, 27, -1):
        try:
            return date(count // 12, count % 12 + 1, day)
        except ValueError:
            continue
    return date(count // 12, count % 12 + 1, min(today.day, 28)) if count // 12 <= date.max.year else None


def _weekday(text: str, today: date, taken: list[str]) -> tuple[str, date | None]:
    """A day of the week, but only after "f/u" or something that was read: Sun Li and Mon Bahadur are names."""
    for found in _NAMED_DAY.finditer(text):
        if found[1] or _HOLE in text[:found.start()] or any(folded(word[0]) in CLEAR for word in _WORD.finditer(text, 0, found.start())):
            ahead = ([name[:3] for name in _WEEKDAYS].index(found[2].lower()[:3]) - today.weekday() - 1) % 7 + 1
            on = _after(today, ahead)
            if on is not None:
                return _cut(text, *found.span(), taken), on
    mark = _BARE_MARK.search(text)
    return (_cut(text, *mark.span(), taken), None) if mark and _HOLE in text[:mark.start()] else (text, None)


def _topics(text: str, taken: list[str]) -> tuple[str, set[str]]:
    """Topics by their short forms. Words that could be names count only after two words, a comma or something that was read."""
    topics: set[str] = set()
    spans: list[tuple[int, int]] = []
    words = list(_WORD.finditer(text))
    plain = [folded(word[0]) for word in words]
    n = 0
    while n < len(words):
        before = text[:words[n].start()]
        named = n >= 2 or _HOLE in before or "," in before or bool(topics)
        pair = f"{plain[n]} {plain[n + 1]}" if n + 1 < len(words) and not text[words[n].end():words[n + 1].start()].strip() else ""
        known = CLEAR.get(pair) or CLEAR.get(plain[n]) if n or words[n][0].isupper() or _alone(text, words, n) else None
        if known is None and named:
            known = AFTER_A_NAME.get(plain[n])
        width = 2 if known and CLEAR.get(pair) == known and plain[n] not in CLEAR else 1
        if known:
            topics.add(known)
            spans.append((words[n].start(), words[n + width - 1].end()))
            n += width
        else:
            n += 1
    for start, end in reversed(spans):
        text = _cut(text, start, end, taken)
    return text, topics


def _alone(text: str, words: list[re.Match[str]], n: int) -> bool:
    """Whether the word is the whole line, or is parted from the next one by a comma or something that was read."""
    return n + 1 == len(words) or bool(text[words[n].end():words[n + 1].start()].strip())
