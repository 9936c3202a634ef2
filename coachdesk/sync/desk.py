"""The conflict desk: what has to be chosen, in words, and the choices. Every choice is an ordinary change that can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import actions as activity
from coachdesk.claim import actions as claim
from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions as participant
from coachdesk.partner import actions as partner
from coachdesk.programme import actions as programme
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import actions as referral
from coachdesk.store import contest
from coachdesk.store.doors import Door, Field, fields_of
from coachdesk.store.log import secret_of, stamp_text
from coachdesk.sync import naming, sentences

VALUES, KEPT, NOTE = "values", "kept", "note"
_DOORS: dict[str, tuple[Door, ...]] = {
    "programme": programme.DOORS, "partner": partner.DOORS, "outreach": outreach.DOORS, "participant": participant.DOORS,
    "referral": referral.DOORS, "activity": activity.DOORS, "claim": claim.DOORS,
}
_MAIN = {"activity_intervention": "activity", "outreach_session": "outreach"}
TYPED = ("text", "number", "date", "yes or no")


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the things that were said. value: in words. who, at: a member's name and when, by their laptop's clock."""

    stamp: str
    value: str
    who: str
    at: datetime
    reason: str
    stands: bool

    @property
    def said(self) -> str:
        """`Amina Khan, 3 May 2020, 14:05 (Correct details)`."""
        return f"{self.who}, {sentences.moment(self.at)}" + (f" ({self.reason})" if self.reason else "")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, or a note. what: values, kept or note. field: of values; typed: how another value may be typed ("" if not).

    voices: of values what was said, what stands first; of a kept record who deleted it and the latest edit; of a note both edits.
    goes_to: see naming.trail.
    """

    what: str
    entity: str
    id: UUID
    kind: str
    title: str
    is_private: bool
    field: str
    label: str
    is_personal: bool
    typed: str
    unit: str
    voices: tuple[Voice, ...]
    goes_to: tuple[tuple[str, UUID], ...]

    @property
    def matter(self) -> str:
        """What it is about in a few words, for a list."""
        return {VALUES: self.label, KEPT: "Deleted or not"}.get(self.what, "Edited side by side")

    @property
    def latest(self) -> datetime:
        """When the last of it was written."""
        return max(voice.at for voice in self.voices)


def count(session: Session) -> int:
    """How many records somebody has to choose about."""
    return contest.count(session)


def choices(session: Session, limit: int = 200) -> list[Choice]:
    """What has to be chosen, fields first, then kept records, then notes; at most those of `limit` records."""
    names = programme_queries.member_names(session)
    found: list[Choice] = []
    for record in contest.contested(session, limit):
        title, is_private = naming.title_of(session, record.entity, record.id)
        goes_to = tuple(naming.trail(session, record.entity, record.id))

        def make(what: str, voices: tuple[Voice, ...], field: str = "", *, record: Any = record, title: str = title,
                 is_private: bool = is_private, goes_to: Any = goes_to) -> Choice:
            door = _field(record.entity, field) if field else None
            return Choice(what, record.entity, record.id, naming.kind_words(record.entity), title, is_private, field,
                          naming.label_of(record.entity, field) if field else "",
                          bool(field) and naming.is_personal(record.entity, field),
                          door.type if door and door.type in TYPED else "", door.unit if door else "", voices, goes_to)

        for field, said in record.torn.items():
            found.append(make(VALUES, tuple(
                _voice(names, one, naming.value_words(session, record.entity, field, one.value)) for one in said), field))
        if record.is_kept and record.deleted_by is not None:
            found.append(make(KEPT, (_voice(names, record.deleted_by, ""), *_written(session, names, record))))
        for one, other in record.beside:
            found.append(make(NOTE, tuple(_voice(names, each, _fields_words(session, record, each)) for each in (one, other))))
    return sorted(found, key=lambda one: (VALUES, KEPT, NOTE).index(one.what))


def choose(session: Session, entity: str, id: UUID, field: str, stamp: str) -> None:
    """One of the values that were said stands from now on. Refusal when somebody has chosen already, or one of them was written over."""
    found = next(iter(contest.contested(session, of=id)), None)
    said = next((one for one in found.torn.get(field, ()) if one.stamp == stamp), None) if found else None
    if said is None:
        raise Refusal("Somebody has chosen already.", "Look at the record again; nothing was changed.")
    contest.settle(session, _thing(session, entity, id), field, naming.revived(entity, field, said.value))


def write(session: Session, entity: str, id: UUID, field: str, value: Any) -> None:
    """Another value than those that were said, by the room's own rules for it. Refusal when the room says no."""
    action, thing = _change(entity), _thing(session, entity, id)
    if action is None or _field(entity, field) is None:
        raise Refusal("This field cannot be written here.", "Choose one of the values, or open the record and change it there.")
    action(session, id, **{field: value})
    session.flush()
    session.refresh(thing)
    if contest.is_torn(session, id, field):             # it came out as what stood there already
        contest.settle(session, thing, field, getattr(thing, field))


def keep(session: Session, entity: str, id: UUID) -> None:
    """A record that somebody deleted while it was written on stays. Refusal when that was said already."""
    contest.stay(session, _thing(session, entity, id))


def delete(session: Session, entity: str, id: UUID) -> None:
    """It is deleted after all. Orphaned (a Refusal) at the end of the change when something still belongs to it."""
    session.delete(_thing(session, entity, id))


def put_away(session: Session, id: UUID) -> None:
    """The notes of a record were read."""
    contest.seen(session, id)


def read_value(typed: str, text: str, unit: str = "") -> Any:
    """A typed text in the field's type, for the command line. Refusal that says what it should look like."""
    clean = " ".join(text.split()) if typed != "text" else text.strip()
    try:
        if typed == "number":
            return int(clean) if clean else None
        if typed == "date":
            return date.fromisoformat(clean) if clean else None
    except ValueError:
        like = "a day like 2020-05-12" if typed == "date" else f"a whole number{f' of {unit}' if unit else ''}"
        raise Refusal(f"“{clean}” is not {like}.", "Nothing was changed.") from None
    if typed == "yes or no":
        if clean.casefold() not in ("yes", "no"):
            raise Refusal("This is yes or no.", "Nothing was changed.")
        return clean.casefold() == "yes"
    return clean


def _thing(session: Session, entity: str, id: UUID) -> Any:
    thing = naming.thing_of(session, entity, id)
    if thing is None:
        raise Refusal("This record is not on this desk any more, or has not arrived whole.", "Sync now, then look again.")
    return thing


@cache
def _change(entity: str) -> Callable[..., Any] | None:
    """The room's own `change` of a kind of record."""
    room, _, kind = _MAIN.get(entity, entity).partition("_")
    door = next((one for one in _DOORS.get(room, ()) if one.kind == kind), None)
    return door.verbs.get("change") if door is not None else None


@cache
def _field(entity: str, name: str) -> Field | None:
    """The field as the room's `change` takes it; None where it does not, or where it asks for more than that field."""
    action = _change(entity)
    found = fields_of(action) if action is not None else []
    return None if any(one.required for one in found) else next((one for one in found if one.name == name), None)


def _voice(names: dict[UUID, str], said: contest.Said, value: str) -> Voice:
    return Voice(said.stamp, value, names.get(said.who, "Somebody whose name has not arrived"), said.at, said.reason, said.stands)


def _written(session: Session, names: dict[UUID, str], record: contest.Contested) -> list[Voice]:
    """The latest edit of a record: what speaks for its staying."""
    row = session.connection().exec_driver_sql(
        "select op.op_id, op.ms, op.counter, txn.actor, txn.dev, txn.reason from op join txn on txn.n = op.txn"
        " where op.entity_id = ? and op.kind = 'set' order by op.ms desc, op.counter desc limit 1", (record.id.bytes,)).first()
    if row is None:
        return []
    stamp = stamp_text((row.ms, row.counter, bytes(row.op_id).hex()))
    said = contest.Said(stamp, None, UUID(bytes=bytes(row.actor)), bytes(row.dev), datetime.fromtimestamp(row.ms / 1000, UTC), row.reason,
                        False)
    return [_voice(names, said, _fields_words(session, record, said))]


def _fields_words(session: Session, record: contest.Contested, said: contest.Said) -> str:
    """Which fields an edit wrote: `Telephone, E-mail`."""
    op_id, connection = bytes.fromhex(said.stamp.rpartition(".")[2]), session.connection()
    row = connection.exec_driver_sql("select op_id, entity_id, seal_id, head, sealed from op where op_id = ?", (op_id,)).one()
    told = (json.loads(row.head), secret_of(connection, row))
    fields = [name for each in told for part in ("v", "s") for name in each.get(part, ())]
    return ", ".join(dict.fromkeys(naming.label_of(record.entity, name) for name in fields)) or "the record"
