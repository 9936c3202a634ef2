"""What the columns of somebody's file may fill, what they mean by the words of their header, and what one row says by them.

Consent is taken only from a column that says what it is consent to: nobody's agreement is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from coachdesk.exchange.csv_in import cells

PEOPLE, CONTACTS, PARTNERS = "participant", "outreach.contact", "partner"
IGNORED = ""
NAME, GIVEN, FAMILY, NOTE = "name", "given name", "family name", "note"


@dataclass(frozen=True)
class Target:
    """A field that a column may fill. words: header words that mean it, wherever they stand; alone: those that must be all of the header.

    read: text → value or cells.Mended, ValueError with why.
    """

    name: str
    says: str
    words: tuple[str, ...]
    read: cells.Reader = cells.text_of
    alone: tuple[str, ...] = ()


_T = Target
_PERSON_NAMES = (
    _T(GIVEN, "given name", ("first name", "firstname", "forename", "given name", "christian name"), alone=("first", "given")),
    _T(FAMILY, "family name", ("surname", "last name", "lastname", "family name", "second name"), alone=("last", "family")),
)
_PHONES = (
    "mobile number",
    "phone number",
    "telephone number",
    "telephone",
    "mobile",
    "phone",
    "tel no",
    "tel",
    "contact number",
    "contact no",
    "phone no",
    "mob",
    "cell",
)
_POSTCODES = ("postcode", "post code", "postal code", "zip")
_EMAILS = ("email address", "email", "e mail")
_NOTES = ("notes", "note", "comments", "comment", "remarks", "other information", "further information")
_PHONE = _T("phone", "telephone", _PHONES, cells.phone_of)
_POSTCODE = _T("postcode", "postcode", _POSTCODES, cells.postcode_of, alone=("pcode", "p code"))
_NOTE = _T(NOTE, "note", _NOTES)
_GROUP = r"(?:personal|individual|basic|about (?:you|them)|your|their|who)(?: (?:details|information|data|info))? (?:full )?name"
_PLACES = ("lot", "lot name", "neighbourhood")
TARGETS: dict[str, tuple[Target, ...]] = {
    PEOPLE: (
        _T(
            NAME,
            "full name",
            ("full name", "client name", "participant name", "customer name", "name of client", "name of participant"),
            cells.person_name_of,
            alone=("name", "client", "participant", "customer", "person", "person name", "names"),
        ),
        *_PERSON_NAMES,
        _T("born_on", "date of birth", ("date of birth", "dob", "d o b", "birth date", "birthdate", "birthday"), cells.born_of, ("born",)),
        _T(
            "ni_number",
            "National Insurance number",
            ("national insurance number", "national insurance no", "national insurance", "ni number", "nino", "ni no"),
            cells.ni_number_of,
            alone=("ni", "nin"),
        ),
        _POSTCODE,
        _PHONE,
        _T("email", "e-mail", _EMAILS, cells.email_of),
        _T("lot", "lot", _PLACES, alone=("area", "ward")),
        _T(
            "coach",
            "coach",
            ("coach", "key worker", "keyworker", "employment adviser"),
            alone=("worker", "adviser", "advisor", "caseworker"),
        ),
        _T(
            "registered_on",
            "registered on",
            ("registration date", "registered on", "date registered", "date joined", "date of registration", "start date", "joined on"),
            cells.day_of,
            alone=("registered", "joined", "started"),
        ),
        _T(
            "preferred_contact",
            "how they like to be reached",
            ("preferred contact", "contact preference", "preferred method"),
            alone=("prefers",),
        ),
        _T("is_safe_to_call", "safe to call", ("safe to call", "ok to call"), cells.yes_no_of),
        _T(
            "is_safe_to_leave_message",
            "safe to leave a message",
            ("safe to leave message", "ok to leave message", "safe to leave a message"),
            cells.yes_no_of,
            alone=("voicemail",),
        ),
        _T(
            "heard_through",
            "heard of us through",
            ("heard through", "heard about us", "hear about us", "referral source"),
            alone=("source",),
        ),
        _T(
            "weeks_out_of_work",
            "weeks out of work",
            ("weeks out of work", "weeks unemployed", "time out of work", "length of unemployment"),
            cells.weeks_of,
        ),
        _T("benefit", "benefit at the start", ("benefit", "benefits")),
        _T("hours_a_week", "hours a week", ("hours a week", "hours per week", "weekly hours"), cells.number_of, alone=("hours",)),
        _T(
            "pay_pence_an_hour", "pay an hour", ("pay an hour", "hourly pay", "hourly rate", "pay per hour"), cells.pence_of, alone=("pay",)
        ),
        _T("notice_version", "version of the privacy notice", ("privacy notice version", "notice version", "privacy notice")),
        _T(
            "consent_partners",
            "consent to referral to partners",
            ("consent to referral", "consent to share", "consent to refer", "share with partners", "consent to partners"),
            cells.consent_of,
        ),
        _NOTE,
    ),
    CONTACTS: (
        _T(
            NAME,
            "full name",
            ("full name", "contact name", "client name"),
            cells.person_name_of,
            alone=("name", "contact", "client", "person", "names"),
        ),
        *_PERSON_NAMES,
        _PHONE,
        _POSTCODE,
        _T(
            "topics",
            "topics",
            ("topics", "topic", "interested in", "support needs", "support needed"),
            cells.words_of,
            alone=("about", "needs", "need"),
        ),
        _T("follow_up_on", "follow up on", ("follow up on", "follow up date", "follow up", "call back on", "callback"), cells.near_day_of),
        _T("venue", "venue of the session", ("venue", "session", "location"), alone=("place", "where")),
        _T(
            "held_on",
            "day of the session",
            ("session date", "date met", "met on", "event date", "date of session", "contact date"),
            cells.day_of,
            alone=("date", "day"),
        ),
        _T("session_kind", "kind of session", ("kind of session", "session type", "type of session", "event type")),
        _NOTE,
    ),
    PARTNERS: (
        _T(
            NAME,
            "name of the organisation",
            ("organisation name", "organization name", "name of organisation", "organisation", "organization", "partner name"),
            alone=("partner", "agency", "company", "name", "charity"),
        ),
        _T(
            "kind",
            "kind of organisation",
            ("type of organisation", "organisation type", "kind of organisation"),
            alone=("type", "kind", "sector", "category"),
        ),
        _T("lots", "lots it works in", ("lots", "lot", "neighbourhoods", "neighbourhood"), cells.words_of, alone=("areas", "area")),
        _T("reply_days", "days for a reply", ("reply days", "days for a reply"), cells.number_of),
        _T(
            "contact_name",
            "name of a contact",
            ("contact name", "contact person", "key contact", "named contact", "main contact"),
            cells.person_name_of,
            alone=("contact",),
        ),
        _T("contact_role", "role of the contact", ("job title", "contact role"), alone=("role", "position")),
        _T("contact_phone", "telephone of the contact", _PHONES, cells.phone_of),
        _T("contact_email", "e-mail of the contact", (*_EMAILS, "contact email"), cells.email_of),
        _T("venue_postcode", "postcode of its place", _POSTCODES, cells.postcode_of),
        _T("venue_address", "address of its place", ("street address",), alone=("address", "street", "address line 1")),
        _NOTE,
    ),
}


def target(kind: str, name: str) -> Target | None:
    """A field by its name or by what it says; None for anything else."""
    return _by_name(kind).get(_plain(name))


@cache
def _by_name(kind: str) -> dict[str, Target]:
    found = {_plain(each.says): each for each in TARGETS[kind]}
    return {**found, **{_plain(each.name): each for each in TARGETS[kind]}}


@cache
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("e-mail", "email")).split())


def is_header_word(kind: str, cell: str) -> bool:
    """Whether a cell is what a header says."""
    return len(cell) <= 60 and _best(kind, _plain(cell), frozenset(), inside=False) is not None


def suggested(kind: str, header: Sequence[str]) -> dict[str, str]:
    """Column → field, as far as the words of the header say; every field once but for notes. Others are ignored ("")."""
    found: dict[str, str] = dict.fromkeys(header, IGNORED)
    taken: set[str] = set()
    for inside in (False, True):
        for column in header:
            best = None if found[column] else _best(kind, _plain(column), frozenset(taken), inside=inside)
            if best is not None:
                found[column] = best
                taken.update({best} - {NOTE})  # several columns may make one note
    if not taken & {NAME, GIVEN, FAMILY}:  # "Name" below a merged cell that says of whom the columns are
        below = [column for column in header if not found[column] and re.fullmatch(_GROUP, _plain(column))]
        found.update(dict.fromkeys(below if len(below) == 1 else (), NAME))
    if NAME in taken and {GIVEN, FAMILY} <= taken:
        found = {column: IGNORED if field == NAME else field for column, field in found.items()}
    elif NAME in taken and FAMILY in taken:  # "Name" beside "Surname" is the given one
        found = {column: GIVEN if field == NAME else field for column, field in found.items()}
    return found


def _best(kind: str, column: str, taken: frozenset[str], *, inside: bool) -> str | None:
    """The field that a header means: all of it first, then its end (below a merged cell), then the longest word within."""
    found = []
    for order, each in enumerate(TARGETS[kind]):
        if each.name in taken:
            continue
        for word in (_plain(each.name), _plain(each.says), *each.words, *each.alone):
            if column == word:
                found.append((0, -len(word), order, each.name))
            elif inside and column.endswith(f" {word}") and word not in ("name", "contact", "note", "person"):
                found.append((1, -len(word), order, each.name))
            elif inside and word in each.words and f" {word} " in f" {column} ":
                found.append((2, -len(word), order, each.name))
    return min(found)[3] if found else None


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says, field by field; mended: how cells were read that stood there in another form."""

    values: dict[str, Any]
    mended: tuple[str, ...]


def reader(kind: str, mapping: Mapping[str, str], header: Sequence[str]) -> Any:
    """(cells, today) → Said, with the columns looked up once; empty cells say nothing.

    ValueError that names every column with a wrong cell, and what is wrong with it.
    """
    fields = [(at, column, field) for at, column in enumerate(header) if mapping.get(column) and (field := target(kind, mapping[column]))]
    return partial(_said, fields)


def _said(fields: Sequence[tuple[int, str, Target]], row: Sequence[str], today: date) -> Said:
    values: dict[str, Any] = {}
    mended: list[str] = []
    wrong: list[str] = []
    notes: list[tuple[str, str]] = []
    for at, column, field in fields:
        cell = row[at]
        if not cell or cell.casefold() in cells.NOTHING:
            continue
        try:
            value = field.read(cell, today)
        except ValueError as why:
            wrong.append(f"{column}: {str(why).rstrip('.')}.")
            continue
        if isinstance(value, cells.Mended):
            mended.append(value.says)
            value = value.value
        if field.name == NOTE:
            notes.append((column, value))
        values[field.name] = value
    if GIVEN in values or FAMILY in values:
        joined = " ".join(part for part in (values.pop(GIVEN, ""), values.pop(FAMILY, "")) if part)
        values.setdefault(NAME, joined)
    if wrong:
        raise Unreadable(" ".join(wrong), str(values.get(NAME, "")))
    if notes:
        values[NOTE] = notes[0][1] if len(notes) == 1 else "\n".join(f"{column}: {text}" for column, text in notes)
    return Said(values, tuple(mended))


class Unreadable(ValueError):
    """Cells of a row that cannot be read, a sentence each. who: the name that stands in the row."""

    def __init__(self, sentences: str, who: str) -> None:
        self.who = who
        super().__init__(sentences)
