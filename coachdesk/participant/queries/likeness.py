"""Who in the store may be one person: at entry by what is typed, on demand over everybody. Found by key, never all with all."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.participant.queries.merged import leaders
from coachdesk.participant.record import NotSame, Participant
from coachdesk.participant.rules.matching import FULLEST, SAME_NUMBER, SAME_PERSON, Judge, Likeness, Person, candidates, keys, likeness
from coachdesk.store import derived
from coachdesk.store.ids import id_of
from coachdesk.store.search import in_latin

MOST_SUGGESTED = 5
_AT_ONCE = 500
_COMPARED_AT_ONCE = 2_000
_MOST_COMPARED = 100  # people looked at while one is being typed
_FIELDS = ("name", "born_on", "postcode", "phone", "ni_number")


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """Somebody who is likely the same person, and why. score: 0 to 1."""

    id: UUID
    reference: str
    name: str
    why: str
    score: float
    reasons: tuple[str, ...] = ()
    but: tuple[str, ...] = ()

    @property
    def is_surely(self) -> bool:
        """Whether so much is the same that registering again needs a word from the coach."""
        return self.why.startswith((SAME_NUMBER, SAME_PERSON))


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two people who are likely one: a was registered first. score: 0 to 1. reasons: in words, the strongest first."""

    a: UUID
    b: UUID
    score: float
    reasons: tuple[str, ...]
    a_reference: str
    b_reference: str
    a_name: str
    b_name: str
    but: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The reasons in one line, with what speaks against it."""
        return listed(self.reasons, self.but)


def person_of(name: str | None, born_on: date | str | None, postcode: str | None, phone: str | None, ni_number: str | None) -> Person:
    """What is compared of somebody, from a record's or a form's values."""
    born = born_on.isoformat() if isinstance(born_on, date) else born_on or ""
    return Person.named(in_latin(name), date_of_birth=born, postcode=postcode or "", phone=phone or "", ni_number=ni_number or "")


def alike(session: Session, typed: Person, *, but: UUID | None = None) -> list[tuple[UUID, Likeness]]:
    """People like the one that was typed, the likeliest first. but: somebody who is not compared with themselves."""
    found = []
    for known, person in _sharing(session, typed):
        if known != but and ((match := likeness(typed, person)) or match.is_perhaps):
            found.append((known, match))
    return sorted(found, key=lambda each: (-each[1].score, each[0].bytes))


def likely_duplicates(
    session: Session,
    *,
    name: str | None = None,
    born_on: date | None = None,
    ni_number: str | None = None,
    postcode: str | None = None,
    phone: str | None = None,
    but: UUID | None = None,
) -> list[DuplicateRow]:
    """At most five people who are likely the one being typed, the likeliest first, each with the reasons. Half-typed values match nobody.

    but: a person who is not compared with themselves. Somebody known under several records is told once, under the leading one.
    """
    typed = person_of(name, born_on, postcode, phone, ni_number)
    ahead = leaders(session)
    best: dict[UUID, Likeness] = {}
    for known, match in alike(session, typed, but=but):
        best.setdefault(ahead.get(known, known), match)
    best.pop(ahead.get(but, but) if but else None, None)  # type: ignore[arg-type]
    chosen = list(best.items())[:MOST_SUGGESTED]
    named = _named(session, {known for known, _ in chosen})
    return [
        DuplicateRow(known, *named[known], listed(match.reasons, match.but), match.score, match.reasons, match.but)
        for known, match in chosen
    ]


def likely_pairs(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[PairRow]:
    """Every likely pair in the store, the likeliest first; without those said to be two people, and those that are one already.

    lot: pairs of which at least one is in it.
    """
    steps = looking_for_pairs(session, lot=lot, limit=limit)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: list[PairRow] = end.value
            return found


def looking_for_pairs(
    session: Session, *, lot: UUID | None = None, limit: int | None = None
) -> Generator[tuple[int, int, str], None, list[PairRow]]:
    """likely_pairs step by step: yields (compared, of how many, words), answers the rows."""
    yield 0, 0, "Reading who is registered…"
    people = dict(sorted(_people(session, None).items(), key=lambda each: each[0].bytes))
    yield 0, 0, "Looking for details that are shared…"
    judge = Judge(people, (pair for pair in _pairs_by_key(session, people) if pair[0] in people and pair[1] in people))
    found: list[tuple[UUID, UUID, Likeness]] = []
    for begin in range(0, len(judge.chosen), _COMPARED_AT_ONCE):
        yield begin, len(judge.chosen), f"Comparing {len(people):,} people…"
        found.extend(judge.of(judge.chosen[begin : begin + _COMPARED_AT_ONCE]))
    found.extend(judge.by_a_third())
    ahead = leaders(session)
    said_two = session.execute(sa.select(NotSame.one_id, NotSame.other_id)).all()
    apart = {frozenset(ahead.get(each, each) for each in pair) for pair in said_two}
    here = set(people) if lot is None else set(session.execute(sa.select(Participant.id).where(Participant.lot_id == lot)).scalars())
    found.sort(key=lambda each: (-each[2].score, each[0].bytes, each[1].bytes))
    told: dict[frozenset[UUID], tuple[UUID, UUID, Likeness]] = {}
    for one, other, match in found:  # of several records of one person the likeliest speaks
        two = frozenset((ahead.get(one, one), ahead.get(other, other)))
        if len(two) == 2 and two not in apart and (one in here or other in here):
            told.setdefault(two, (one, other, match))
    shown = list(told.values())[:limit]
    named = _named(session, {each for one, other, _ in shown for each in (one, other)})
    return [
        PairRow(one, other, match.score, match.reasons, named[one][0], named[other][0], named[one][1], named[other][1], match.but)
        for one, other, match in shown
    ]


def pair_reasons(session: Session, one: UUID, other: UUID) -> Likeness:
    """How likely two known people are one, and why."""
    people = _people(session, {one, other})
    return likeness(people[one], people[other])


def listed(reasons: Sequence[str], but: Sequence[str] = ()) -> str:
    """Reasons as one clause: "the same name, the same telephone and the same postcode, but another date of birth"."""
    return _joined(reasons) + (f", but {_joined(but)}" if but else "")


def _joined(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _pairs_by_key(session: Session, people: Mapping[UUID, Person]) -> list[tuple[UUID, UUID]]:
    """Pairs that share a key, the earlier one first, in order."""
    if not derived.is_ready(session, KEEPER):
        shared = candidates((one, keys(person)) for one, person in people.items())
        return sorted(pair if pair[0].bytes < pair[1].bytes else pair[::-1] for pair in shared)
    rows = session.connection().exec_driver_sql(
        "select distinct one.entity_id, other.entity_id from"
        " (select key from likeness group by key having count(*) between 2 and ?) as shared"
        " join likeness as one on one.key = shared.key join likeness as other on other.key = one.key and other.entity_id > one.entity_id"
        " order by one.entity_id, other.entity_id",
        (FULLEST,),
    )
    known = {one.bytes: one for one in people}
    return [(known[one], known[other]) for one, other in rows if one in known and other in known]


def _sharing(session: Session, typed: Person) -> Iterator[tuple[UUID, Person]]:
    """Those who share most with what was typed: of the keys that few have, and of not more people than can be compared at once."""
    wanted = keys(typed)
    if not wanted:
        return
    if not derived.is_ready(session, KEEPER):
        for known, person in _people(session, None).items():
            if wanted & keys(person):
                yield known, person
        return
    one_key = "select * from (select key, entity_id from likeness where key = ? limit ?)"
    hashed = sorted(_hashed(key) for key in wanted)
    query = " union all ".join([one_key] * len(hashed))
    sharing: dict[int, list[bytes]] = {}
    values = tuple(value for key in hashed for value in (key, FULLEST + 1))
    for key, entity_id in session.connection().exec_driver_sql(query, values):
        sharing.setdefault(key, []).append(entity_id)
    shared: dict[bytes, float] = {}
    for block in sharing.values():
        if len(block) <= FULLEST:
            for one in block:
                shared[one] = shared.get(one, 0.0) + 1 / len(block)
    nearest = sorted(shared, key=lambda one: (-shared[one], one))[:_MOST_COMPARED]
    yield from _people(session, {id_of(one) for one in nearest}).items()


def _people(session: Session, ids: set[UUID] | None) -> dict[UUID, Person]:
    """What is compared of these people; of everybody when ids is None."""
    ask, told = "select id, name, born_on, postcode, phone, ni_number from participant", session.connection()
    if ids is None:
        return {id_of(row[0]): person_of(*row[1:]) for row in told.exec_driver_sql(ask)}
    found: dict[UUID, Person] = {}
    for part in _parts(sorted(ids)):
        some = f"{ask} where id in ({','.join('?' * len(part))})"  # sql: question marks only
        found.update({id_of(row[0]): person_of(*row[1:]) for row in told.exec_driver_sql(some, tuple(one.bytes for one in part))})
    return found


def _named(session: Session, ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    found: dict[UUID, tuple[str, str]] = {}
    for part in _parts(sorted(ids)):
        rows = session.execute(sa.select(Participant.id, Participant.reference, Participant.name).where(Participant.id.in_(part)))
        found.update({known: (reference, name) for known, reference, name in rows})
    return found


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for begin in range(0, len(ids), _AT_ONCE):
        yield ids[begin : begin + _AT_ONCE]


# The index of keys ---------------------------------------------------------------------------------------------------


def _hashed(key: str) -> int:
    """A key as the index holds it: 63 bits, so that the index itself names nobody."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


def _write(connection: sa.Connection, new: Sequence[Any], moved: Sequence[Any], gone: Sequence[UUID]) -> None:
    if forget := [(one.bytes,) for one in [*gone, *(thing.id for thing in moved)]]:
        connection.exec_driver_sql("delete from likeness where entity_id = ?", forget)
    written = [*new, *moved]
    _insert(connection, {one.id: person_of(one.name, one.born_on, one.postcode, one.phone, one.ni_number) for one in written})


def _insert(connection: sa.Connection, people: Mapping[UUID, Person]) -> None:
    rows: Iterable[tuple[int, bytes]] = [(key, one.bytes) for one, person in people.items() for key in sorted(map(_hashed, keys(person)))]
    if rows := list(rows):
        connection.exec_driver_sql("insert or ignore into likeness (key, entity_id) values (?, ?)", rows)


def _fill(session: Session) -> None:
    with session.no_autoflush:
        session.connection().exec_driver_sql("delete from likeness")
        _insert(session.connection(), _people(session, None))


KEEPER = derived.Keeper("likeness", 2, Participant, frozenset(_FIELDS), _write, _fill)
derived.register(KEEPER)
