"""Saturation: who was met, who started and who was turned away, by the ward in which they live, over its entered resident count.

A contact's ward comes from the postcode that was written down, by the edition of the wards then in force; a tally has none, so its ward
is not known, and it is shown so. A start is the first meaningful help, as contracts pay it, not the registration; its ward is that of
the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.casework.starts import started
from coachdesk.outreach import queries as outreach_queries
from coachdesk.outreach.record import Contact, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import CONTACT, LEAST
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Verdict
from coachdesk.place.rules import postcode_of
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import WardPair
from coachdesk.store.session import today

ELSEWHERE, UNKNOWN = "elsewhere", "not known"
ELSEWHERE_WORDS, UNKNOWN_WORDS = "another ward", "ward not known"
CONTACTS, STARTS, TURNED = "contacts", "starts", "turned_away"
_CHUNK = 500
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class WardRow:
    """One ward, or those of another or of no known ward. Rates are tenths of a person in 1,000 residents; None without a count.

    id: the ward code, ELSEWHERE or UNKNOWN. since: the year in which the code began to count. edition_missing: the edition without which
    nobody can be told to live there.
    """

    id: str
    ward: str
    lot: str
    since: int
    contacts: int
    starts: int
    turned_away: int
    residents: int | None
    residents_on: date | None
    residents_source: str
    contacts_rate: int | None
    starts_rate: int | None
    edition_missing: str


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One of those behind a number. kind: what Enter opens; name is empty for people who were only counted."""

    id: UUID
    kind: str
    what: str
    on: date
    name: str
    lot: str
    count: int


@dataclass(frozen=True, slots=True)
class _Ward:
    """A pair of the programme, as it counts here."""

    code: str
    name: str
    lot_id: UUID
    edition: str
    first: date
    last: date


class _Places:
    """Which ward a postcode lies in on a day: by the editions of the pairs then in force, and nothing else."""

    def __init__(self, session: Session, lot: UUID | None, since: date | None, until: date) -> None:
        self._shelf = programme_queries.shelf_of(session)
        self._since, self._until = since or min(programme_queries.contract(session).starts_on, until), until
        chosen = sa.select(WardPair).order_by(WardPair.edition.desc(), WardPair.from_day.desc(), WardPair.row)
        self._every = [_Ward(each.ward_code, each.ward_name, each.lot_id, each.edition, each.from_day, each.to_day or _LAST)
                       for each in session.execute(chosen).scalars()]
        self._in_time = [each for each in self._every if each.first <= until and each.last >= self._since]
        self.wards = [each for each in self._in_time if lot in (None, each.lot_id)]
        self.codes = frozenset(each.code for each in self.wards)

    def first_year(self, code: str) -> int:
        """The year in which a code began to count."""
        return min(each.first for each in self._every if each.code == code).year

    def missing(self, code: str) -> str:
        """The edition of a ward, where it is not on this computer."""
        editions = [each.edition for each in self.wards if each.code == code]
        return "" if any(self._shelf.edition(name) for name in editions) else editions[0]

    @cached_property
    def spans(self) -> list[tuple[date, date]]:
        """The time cut where a pair begins or ends."""
        cuts = {self._since, *(each.first for each in self._in_time), *(date.fromordinal(min(each.last.toordinal() + 1, _LAST.toordinal()))
                                                                        for each in self._in_time)}
        begins = sorted(each for each in cuts if self._since <= each <= self._until)
        ends = [date.fromordinal(each.toordinal() - 1) for each in begins[1:]]
        return list(zip(begins, [*ends, self._until], strict=True))

    def wards_of(self, postcodes: Iterable[str], on: date) -> dict[str, str]:
        """Each postcode as written → ward code, ELSEWHERE (a ward, but none of these) or UNKNOWN."""
        found: dict[str, str] = {}
        clean = {written: known for written in postcodes if (known := postcode_of(written)) is not None}
        for name in dict.fromkeys(each.edition for each in self._in_time if each.first <= on <= each.last):
            edition = self._shelf.edition(name)
            wanted = {each.code for each in self._in_time if each.edition == name and each.first <= on <= each.last}
            if edition is None:
                continue
            for written, code in zip(clean, edition.ward_codes(list(clean.values())), strict=True):
                if code in wanted and found.get(written, ELSEWHERE) == ELSEWHERE:
                    found[written] = code if code in self.codes else ELSEWHERE
                elif code is not None:
                    found.setdefault(written, ELSEWHERE)
        for written, known in clean.items():
            if written not in found:
                there = self._shelf.lookup(known, on)
                found[written] = ELSEWHERE if there is not None and there.ward_code else UNKNOWN
        return found

    def of_code(self, code: str | None) -> str:
        """A ward code that was written down, as a row here."""
        return UNKNOWN if not code else code if code in self.codes else ELSEWHERE


def saturation(session: Session, *, lot: UUID | None = None, since: date | None = None, until: date | None = None) -> list[WardRow]:
    """Every ward in force in this time, by lot and ward; then other wards and ward not known. With a lot: its wards, whoever met people.

    People of other or of no known ward are those of the lot's own sessions and people.
    """
    until = until or today(session)
    places = _Places(session, lot, since, until)
    counts: dict[tuple[str, str], int] = {}

    def count(ward: str, of: UUID | None, what: str, number: int) -> None:
        if ward in places.codes or lot is None or of == lot:
            counts[ward, what] = counts.get((ward, what), 0) + number

    for span in places.spans:
        everybody = _postcodes(session, *span)
        own = everybody if lot is None else _postcodes(session, *span, lot)
        wards = places.wards_of((written for written in everybody if written), span[1])
        for found, is_here in ((everybody, True), (own, False)):
            for written, number in found.items():
                ward = wards.get(written, UNKNOWN)
                if (ward in places.codes) is is_here:
                    count(ward, lot, CONTACTS, number)
    for at, number in _tallied(session, since, until):
        count(UNKNOWN, at, CONTACTS, number)
    for _id, at, code, _on in _started(session, since, until):
        count(places.of_code(code), at, STARTS, 1)
    for code, lot_of, number in outreach_queries.turned_away_by_ward(session, since=since, until=until):
        count(places.of_code(code), lot_of, TURNED, number)
    return _rows(session, places, counts, until)


def _rows(session: Session, places: _Places, counts: dict[tuple[str, str], int], until: date) -> list[WardRow]:
    lots, known = programme_queries.lot_names(session), programme_queries.residents_on(session, until)
    made: dict[str, WardRow] = {}
    for each in places.wards:
        before = made.get(each.code)
        if before is not None:
            if lots[each.lot_id] not in before.lot.split(", "):
                made[each.code] = replace(before, lot=f"{before.lot}, {lots[each.lot_id]}")
            continue
        entered = known.get(each.code)
        contacts, starts, turned = (counts.get((each.code, what), 0) for what in (CONTACTS, STARTS, TURNED))
        made[each.code] = WardRow(
            each.code, each.name, lots[each.lot_id], places.first_year(each.code), contacts, starts, turned,
            entered.residents if entered else None, entered.as_of if entered else None, entered.source if entered else "",
            _rate(contacts, entered.residents) if entered else None, _rate(starts, entered.residents) if entered else None,
            places.missing(each.code))
    rows = sorted(made.values(), key=lambda row: (row.lot, row.ward, row.id))
    for key, words in ((ELSEWHERE, ELSEWHERE_WORDS), (UNKNOWN, UNKNOWN_WORDS)):
        contacts, starts, turned = (counts.get((key, what), 0) for what in (CONTACTS, STARTS, TURNED))
        rows.append(WardRow(key, words, "", 0, contacts, starts, turned, None, None, "", None, None, ""))
    return rows


def _rate(count: int, residents: int) -> int:
    """In 1,000 residents, in tenths, halves up."""
    return (count * 20_000 + residents) // (2 * residents)


def rate_text(tenths: int | None) -> str:
    """`12.4`; an en dash where there is no rate."""
    return "–" if tenths is None else f"{tenths // 10:,}.{tenths % 10}"


def public_count(count: int) -> str:
    """A number as it may be shown to everybody: under five it is not told. Nobody is 0."""
    return f"{count:,}" if count >= LEAST or not count else f"under {LEAST}"


def public_rate(count: int, tenths: int | None) -> str:
    """A rate as it may be shown: not where it would tell a number under five."""
    return rate_text(tenths) if count >= LEAST or not count else "–"


def saturation_rows(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[WardRow]:
    """The same from the beginning of the programme to today, as a list."""
    return saturation(session, lot=lot)[:limit]


# what is counted


def _postcodes(session: Session, since: date, until: date, lot: UUID | None = None) -> dict[str, int]:
    """People met by name, by the postcode that was written down (empty: none); with lot those of its sessions."""
    one, postcode = OutreachSession, sa.func.coalesce(Contact.postcode, "")
    chosen = (sa.select(postcode, sa.func.count()).join(one, one.id == Contact.session_id)
              .where(one.held_on >= since, one.held_on <= until).group_by(postcode))
    if lot is not None:
        chosen = chosen.where(one.lot_id == lot)
    return dict(session.execute(chosen).all())


def _tallied(session: Session, since: date | None, until: date) -> list[tuple[UUID, int]]:
    one = OutreachSession
    chosen = (sa.select(one.lot_id, sa.func.sum(Tally.count)).join(one, one.id == Tally.session_id)
              .where(Tally.what == CONTACT, one.held_on >= (since or _FIRST), one.held_on <= until).group_by(one.lot_id))
    return [(of, number) for of, number in session.execute(chosen)]


def _started(session: Session, since: date | None, until: date) -> list[tuple[UUID, UUID, str | None, date]]:
    """(person, lot, ward code of the verdict, day) of everybody whose first meaningful help fell into this time."""
    leads = participant_queries.leaders(session)
    found = started(session, since, until, leads)
    first = {each.id: each.on for each in found}
    wards: dict[UUID, str | None] = {}
    said: Iterable[Any] = session.execute(sa.select(Verdict.participant_id, Verdict.ward_code, Verdict.decided_on)
                                          .order_by(Verdict.decided_at, Verdict.id))
    for person, code, decided in said:
        who = leads.get(person, person)
        if who in first and (who not in wards or decided <= first[who]):
            wards[who] = code                          # the latest up to the start, else the earliest after it
    return [(each.id, each.lot_id, wards.get(each.id), each.on) for each in found]


# what is behind a number


def behind(session: Session, ward: str, what: str, *, lot: UUID | None = None, since: date | None = None, until: date | None = None,
           limit: int = _CHUNK) -> list[BehindRow]:
    """Those behind a number, the latest first. `ward`: the id of a row; `what`: CONTACTS, STARTS or TURNED."""
    until = until or today(session)
    places, lots = _Places(session, lot, since, until), programme_queries.lot_names(session)

    def counts(of: UUID | None) -> bool:
        return ward in places.codes or lot is None or of == lot

    if what == STARTS:
        chosen = [(who, of, on) for who, of, code, on in _started(session, since, until) if places.of_code(code) == ward and counts(of)]
        chosen = sorted(chosen, key=lambda each: each[2], reverse=True)[:limit]
        names = {row.id: row.name for row in participant_queries.participants(session, ids=[who for who, _of, _on in chosen])}
        return [BehindRow(who, "participant", "started", on, names.get(who, ""), lots[of], 1) for who, of, on in chosen]
    if what == TURNED:
        return [BehindRow(row.session_id or row.id, "outreach.session" if row.session_id else "", f"turned away, {row.need}", row.on_day,
                          "", row.lot, row.count)
                for row in outreach_queries.turned_away(session, since=since, until=until)
                if places.of_code(row.ward_code) == ward and counts(row.lot_id)][:limit]
    return _contacts_behind(session, ward, places, lot, since, until, lots, limit)


def _contacts_behind(session: Session, ward: str, places: _Places, lot: UUID | None, since: date | None, until: date,
                     lots: dict[UUID, str], limit: int) -> list[BehindRow]:
    one, rows = OutreachSession, []
    here = [one.lot_id == lot] if lot is not None and ward not in places.codes else []
    for span in reversed(places.spans):
        written = [each for each in _postcodes(session, *span) if each]
        of_ward = [each for each, code in places.wards_of(written, span[1]).items() if code == ward]
        unclean = [each for each in written if postcode_of(each) is None] if ward == UNKNOWN else []
        chosen = [*of_ward, *unclean]
        parts = [chosen[at:at + _CHUNK] for at in range(0, len(chosen), _CHUNK)] or ([[]] if ward == UNKNOWN else [])
        for number, part in enumerate(parts):
            fits: Any = Contact.postcode.in_(part)
            if ward == UNKNOWN and not number:
                fits = sa.or_(fits, Contact.postcode.is_(None), Contact.postcode == "")
            found = (sa.select(Contact.id, Contact.name, one.held_on, one.lot_id, one.kind).join(one, one.id == Contact.session_id)
                     .where(fits, one.held_on >= span[0], one.held_on <= span[1], *here)
                     .order_by(one.held_on.desc(), Contact.id).limit(limit))
            rows += [BehindRow(id, "outreach.contact", str(kind), on, name, lots[of], 1)
                     for id, name, on, of, kind in session.execute(found)]
    if ward == UNKNOWN:
        tallied = (sa.select(one.id, one.held_on, one.lot_id, one.kind, sa.func.sum(Tally.count)).join(one, one.id == Tally.session_id)
                   .where(Tally.what == CONTACT, one.held_on >= (since or _FIRST), one.held_on <= until, *here)
                   .group_by(one.id).order_by(one.held_on.desc()).limit(limit))
        rows += [BehindRow(id, "outreach.session", f"counted, {kind}", on, "", lots[of], number)
                 for id, on, of, kind, number in session.execute(tallied) if number]
    return sorted(rows, key=lambda row: row.on, reverse=True)[:limit]
