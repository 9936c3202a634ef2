"""Which columns of ours are which fields of the profile, read and written back.

A record keeps the feed's own object as it came (`carried`). A column is read out of it; when a coach changes the column, only then is
the field written anew at export. So what nobody touched is given back letter for letter, and fields that nobody knows survive.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

import msgspec

from coachdesk.errors import Refusal
from coachdesk.exchange.open_referral.reading import LONGEST_INT
from coachdesk.partner import rules
from coachdesk.partner.actions import phone_of, postcode_typed

Doc = dict[str, Any]
NAMELESS = "No name given"
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_LONGEST_NAME, _LONGEST_LINE = 200, 500  # characters, as programme.rules has them
_TIME = re.compile(r"T?([01]\d|2[0-3]):?([0-5]\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_AGE, MOST_MONEY = 150, 10**9
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def packed(doc: Any) -> str:
    """JSON as a record keeps it: numbers as they were written."""
    return _ENCODER.encode(doc).decode()


def unpacked(text: str | None) -> Doc:
    """The object that a record keeps; an empty one where it keeps none."""
    found: Doc = json.loads(text, parse_float=Decimal, parse_int=_whole) if text else {}
    return found


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= LONGEST_INT else Decimal(text)


@dataclass(frozen=True)
class Piece:
    """One column. read: the column's value in an object; write: puts a value of the column into one (None: it is only read)."""

    column: str
    read: Callable[[Doc], Any]
    write: Callable[[Doc, Any, UUID], None] | None


# --- reading: nothing here ever fails, for the object itself is kept ----------------------------------------------------


def line(value: Any, longest: int = _LONGEST_LINE) -> str | None:
    """Text as one line of what can be seen; None when there is none."""
    if not isinstance(value, str):
        return None
    return " ".join(_seen(value).split())[:longest].strip() or None


def lines(value: Any) -> str | None:
    """Text of several lines, without what cannot be seen; None when there is none."""
    return _seen(value.replace("\r\n", "\n").replace("\r", "\n")).strip() or None if isinstance(value, str) else None


def _seen(text: str) -> str:
    kept = "".join(sign for sign in text if sign in "\n\t" or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _DIRECTIONS))
    return unicodedata.normalize("NFC", kept)


def day(value: Any) -> date | None:
    """A day, from a text that begins with one."""
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def time_text(value: Any) -> str | None:
    """HH:MM, from a text that begins with a time of day."""
    found = _TIME.match(value.strip()) if isinstance(value, str) else None
    return f"{found[1]}:{found[2]}" if found else None


def small_number(value: Any, most: int = _MOST_AGE) -> int | None:
    """A whole number from 0 to `most`; None for any other."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not 0 <= value <= most or value != int(value):
        return None
    return int(value)


def objects(value: Any) -> list[Doc]:
    """The objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _or_raw(read: Callable[[str | None], str | None], value: Any) -> str | None:
    """What a rule makes of a text, else the text as a line: a directory may write a telephone number as it likes."""
    clean = line(value)
    try:
        return read(clean)
    except Refusal:
        return clean


# --- kinds of pieces --------------------------------------------------------------------------------------------------


def _put(key: str, shown: Callable[[Any], Any] = lambda value: value) -> Callable[[Doc, Any, UUID], None]:
    def write(doc: Doc, value: Any, own: UUID) -> None:
        told = None if value is None else shown(value)
        if told is None:
            doc.pop(key, None)
        else:
            doc[key] = told

    return write


def _text(column: str, key: str, longest: int = _LONGEST_LINE) -> Piece:
    return Piece(column, lambda doc: line(doc.get(key), longest), _put(key))


def _note(column: str, *keys: str) -> Piece:
    """The first of some fields that stands there; written where it stood, else into the first."""
    def read(doc: Doc) -> str | None:
        return next((found for key in keys if (found := lines(doc.get(key))) is not None), None)

    def write(doc: Doc, value: Any, own: UUID) -> None:
        where = next((key for key in keys if lines(doc.get(key)) is not None), keys[0])
        _put(where)(doc, value, own)

    return Piece(column, read, write)


def _day(column: str, key: str) -> Piece:
    return Piece(column, lambda doc: day(doc.get(key)), _put(key, lambda value: value.isoformat()))


def _phone() -> Piece:
    def read(doc: Doc) -> str | None:
        first = next(iter(objects(doc.get("phones"))), {})
        return _or_raw(phone_of, first.get("number"))

    def write(doc: Doc, value: Any, own: UUID) -> None:
        phones = [dict(each) for each in objects(doc.get("phones"))]
        if value is None:
            phones = phones[1:]
        elif phones:
            phones[0]["number"] = value
        else:
            phones = [{"id": str(uuid5(own, "phone")), "number": value}]
        _put("phones")(doc, phones or None, own)

    return Piece("phone", read, write)


def _words(column: str, key: str, name: Callable[[Doc], str | None], made: Callable[[str, UUID], Doc]) -> Piece:
    """A list of objects with names as a set of words: an object goes when its word goes, and a new word becomes one."""
    def read(doc: Doc) -> list[str]:
        return sorted({found for each in objects(doc.get(key)) if (found := name(each)) is not None})

    def write(doc: Doc, value: Any, own: UUID) -> None:
        wanted = set(value or ())
        kept = [each for each in objects(doc.get(key)) if name(each) is None or name(each) in wanted]
        there = {name(each) for each in kept}
        _put(key)(doc, [*kept, *(made(word, own) for word in sorted(wanted - there))] or None, own)

    return Piece(column, read, write)


def _language(each: Doc) -> str | None:
    return line(each.get("name")) or line(each.get("language")) or line(each.get("code"))


def _new_language(word: str, own: UUID) -> Doc:
    return {"id": str(uuid5(own, f"language {word}")), "name": word}


def _category(each: Doc) -> str | None:
    term = each.get("taxonomy_term")
    return line(term.get("name")) if isinstance(term, dict) else None


def _new_category(word: str, own: UUID) -> Doc:
    term = {"id": str(uuid5(own, f"term {word}")), "name": word, "description": word}
    return {"id": str(uuid5(own, f"attribute {word}")), "taxonomy_term": term}


def costs_words(doc: Doc) -> str | None:
    """The prices of a service one by one: `£35 per 1 hour session (Under 18s and Over 60s)`."""
    found = []
    for each in objects(doc.get("cost_options")):
        amount: Any = each.get("amount")
        currency = (line(each.get("currency")) or "GBP").upper()
        money = ""
        if not isinstance(amount, bool) and isinstance(amount, (int, Decimal)) and -MOST_MONEY < amount < MOST_MONEY:
            money = f"{'£' if currency == 'GBP' else f'{currency} '}{amount:,.2f}".removesuffix(".00")
        said = " ".join(part for part in (money, line(each.get("amount_description"))) if part)
        option = line(each.get("option"))
        found.append(f"{said} ({option})" if said and option else said or option or "")
    return "; ".join(each for each in found if each) or None


def _day_codes(doc: Doc) -> list[str]:
    found = []
    for part in (line(doc.get("byday")) or "").split(","):
        try:
            found += rules.day_codes([part])
        except Refusal:
            continue
    return sorted(set(found))


def address_words(location: Doc) -> str | None:
    """The first address of a place in one line, without its postcode."""
    first = next(iter(objects(location.get("addresses"))), {})
    parts = (line(first.get(key)) for key in ("address_1", "address_2", "city"))
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def _location(doc: Doc) -> Doc:
    found = doc.get("location")
    return found if isinstance(found, dict) else {}


def _postcode(doc: Doc) -> str | None:
    first = next(iter(objects(_location(doc).get("addresses"))), {})
    return _or_raw(postcode_typed, first.get("postal_code"))


def _access(doc: Doc) -> str | None:
    said: Iterable[str | None] = (
        line(each.get("description")) or line(each.get("accessibility")) for each in objects(_location(doc).get("accessibility")))
    return "; ".join(dict.fromkeys(each for each in said if each)) or None


def _contact_name(doc: Doc) -> str | None:
    return (line(doc.get("name"), _LONGEST_NAME) or line(doc.get("title"), _LONGEST_NAME) or NAMELESS) if doc else None


_FREQS = {"WEEKLY": rules.WEEK, "MONTHLY": rules.MONTH}
ORGANIZATION = (_text("name", "name", _LONGEST_NAME), _note("description", "description"), _text("website", "website"),
                _text("email", "email"))
SERVICE = (
    _text("name", "name", _LONGEST_NAME), Piece("status", lambda doc: doc.get("status"), _put("status")),
    _note("description", "description"), _text("website", "url"), _text("email", "email"), _phone(),
    _note("fees", "fees", "fees_description"),
    Piece("costs", costs_words, None), _note("eligibility", "eligibility_description", "eligibility"),
    Piece("minimum_age", lambda doc: small_number(doc.get("minimum_age")), _put("minimum_age")),
    Piece("maximum_age", lambda doc: small_number(doc.get("maximum_age")), _put("maximum_age")),
    _words("languages", "languages", _language, _new_language), _words("categories", "attributes", _category, _new_category),
    _note("alert", "alert"), _day("assured_on", "assured_date"), _text("assured_by", "assurer_email"))
OPENING = (
    Piece("days", _day_codes, _put("byday", lambda codes: ",".join(rules.in_week_order(codes)) or None)),
    Piece("month_days", lambda doc: line(doc.get("bymonthday")), None),
    Piece("opens_at", lambda doc: time_text(doc.get("opens_at")), _put("opens_at")),
    Piece("closes_at", lambda doc: time_text(doc.get("closes_at")), _put("closes_at")),
    Piece("freq", lambda doc: _FREQS.get(str(doc.get("freq"))), _put("freq", {week: word for word, week in _FREQS.items()}.get)),
    Piece("every", lambda doc: small_number(doc.get("interval"), 1000), _put("interval")),
    _day("from_day", "valid_from"), _day("to_day", "valid_to"), _note("note", "description", "notes"))
PLACE = (
    Piece("name", lambda doc: line(_location(doc).get("name")), None), Piece("address", lambda doc: address_words(_location(doc)), None),
    Piece("postcode", _postcode, None), Piece("access", _access, None))
CONTACT = (
    Piece("name", _contact_name, _put("name")),
    _text("role", "title"), _phone(), _text("email", "email"))


def given_back(record: Any, pieces: tuple[Piece, ...], base: Doc | None = None) -> Doc:
    """The object of a record: as it came, and anew in those fields that were changed here since.

    base: another object that the record stands behind (a contact as one of several services names it); what was changed is put there.
    """
    came = unpacked(record.carried)
    made = dict(came if base is None else base)
    for piece in pieces:
        now = getattr(record, piece.column)
        if piece.write is not None and _differ(now, piece.read(came)):
            piece.write(made, now, record.id)
    return made


def _differ(one: Any, other: Any) -> bool:
    return (sorted(one) if isinstance(one, list) else one) != (sorted(other) if isinstance(other, list) else other)


def taken_in(record: Any, pieces: tuple[Piece, ...], doc: Doc, *, keeps_own: bool = False, is_new: bool = False) -> tuple[bool, list[str]]:
    """Brings a record to what the feed now says; answers whether anything changed, and which columns a coach had written otherwise.

    A field that the feed leaves out stays; one that it has not changed since the last time leaves a coach's own words alone.
    keeps_own: a record that a coach typed before the feed was known: what stands there stays. is_new: made for this feed just now.
    """
    came = unpacked(record.carried)
    gave = given_back(record, pieces) if record.carried is None and not (is_new or keeps_own) else {}   # typed here, and given out so
    said = {**came, **doc}
    changed, overruled = False, []
    for piece in pieces:
        was, theirs, mine = piece.read(came), piece.read({**gave, **said}), getattr(record, piece.column)
        if not _differ(theirs, mine) or not (_differ(theirs, was) or _differ(theirs, piece.read(gave) if gave else was)):
            continue
        if _differ(mine, was) and mine not in (None, "", []):
            if keeps_own:
                continue
            if not is_new:
                overruled.append(piece.column)
        if theirs is None and piece.column in ("name", "status"):
            continue
        setattr(record, piece.column, theirs)
        changed = True
    text = packed(said)
    if text != record.carried and not (record.carried and said == came):
        record.carried = text
        changed = True
    return changed, overruled
