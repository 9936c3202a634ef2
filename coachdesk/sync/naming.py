"""Records and values as people know them, for the conflict desk: what a record is called, what a field means, a value in its unit."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text, month_words
from coachdesk.store import kinds
from coachdesk.store.kinds import Kept, Record
from coachdesk.sync.sentences import moment

NOTHING = "nothing"
_KINDS = {
    "participant": "Person", "partner": "Organisation", "partner_venue": "Place", "partner_contact": "Contact person",
    "partner_service": "Service", "partner_opening": "Times of a service", "partner_service_place": "Where a service is given",
    "partner_touch": "Touch", "partner_touch_with": "Who a touch was with", "partner_council_ask": "Help asked of a council",
    "outreach_session": "Outreach session", "outreach_contact": "Who was met", "outreach_series": "Series of sessions",
    "outreach_host": "Host of a session", "referral": "Referral", "referral_visit": "Visit of a referral",
    "activity_intervention": "Help given", "activity_plan": "Step of a plan", "activity_reading": "Progress reading",
    "activity_candidate": "Candidate", "activity_job_change": "Change of a job", "activity_job_break": "Break in a job",
    "activity_evidence": "Kept file", "participant_follow_up": "Follow-up", "participant_spell": "Time on the programme",
    "participant_same_as": "Two records of one person", "participant_not_same": "Two people", "participant_met_at": "First meeting",
    "programme_member": "Member of the team", "programme_ward_count": "People in a ward", "programme_import": "File brought in",
}
_NAMES = ("name", "title", "person_name")
_TELLS = ("what", "step", "course", "role", "employer", "reason")                    # a child's own word beside whom it concerns
_ABOUT = ("participant_id", "one_id", "contact_id", "partner_id", "session_id", "venue_id", "service_id", "job_id", "vacancy_id",
          "referral_id", "candidate_id", "touch_id", "training_id", "body_id", "lot_id")
_DEEP = 4
_PEOPLE = ("participant", "outreach_contact")


@cache
def class_of(entity: str) -> type[Kept] | None:
    """The mapped class of a table; None for one of a newer program."""
    return next((mapper.class_ for mapper in Record.registry.mappers
                 if issubclass(mapper.class_, Kept) and getattr(mapper.local_table, "name", "") == entity), None)


def thing_of(session: Session, entity: str, id: UUID) -> Any:
    """The record itself; None where it does not stand here."""
    known = class_of(entity)
    return None if known is None else session.get(known, id)


def kind_words(entity: str) -> str:
    """`Help given`, `Follow-up`: which kind of record it is."""
    _room, _, rest = entity.partition("_")
    return _KINDS.get(entity) or (rest or entity).replace("_", " ").capitalize()


def path_of(entity: str) -> str:
    """A table's name as rooms and pages write it: `outreach.contact`."""
    return entity.replace("_", ".", 1)


def column_of(entity: str, field: str) -> sa.Column[Any] | None:
    """The column behind a field of the log; None for one of a newer program."""
    known = class_of(entity)
    found = sa.inspect(known).columns.get(field) if known is not None else None
    return found if isinstance(found, sa.Column) else None


def label_of(entity: str, field: str) -> str:
    """What a field means, as the rooms say it: `Date of birth`."""
    column = column_of(entity, field)
    says = str(column.info.get("says") or "") if column is not None else ""
    words = says.partition(":")[0].partition(" (")[0].strip() or field.removesuffix("_id").removesuffix("_pence").replace("_", " ")
    return words[:1].upper() + words[1:]


def is_personal(entity: str, field: str) -> bool:
    """Whether a field tells of a person, so that a public place does not show it."""
    column = column_of(entity, field)
    return column is None or bool(column.info.get("personal"))


def title_of(session: Session, entity: str, id: UUID) -> tuple[str, bool]:
    """What people call a record, and whether that is somebody's name."""
    return _titled(session, entity, id, _DEEP)


def _titled(session: Session, entity: str, id: UUID, deep: int) -> tuple[str, bool]:
    thing = thing_of(session, entity, id)
    if thing is None:
        return "a record that has not arrived yet", False
    name = next((found for one in _NAMES if (found := getattr(thing, one, None))), None)
    if name:
        return str(name), entity in _PEOPLE or entity == "referral"
    for column in _ABOUT if deep else ():
        other, of = getattr(thing, column, None), column_of(entity, column)
        if other is not None and of is not None and of.info.get("to"):
            title, is_private = _titled(session, of.info["to"], other, deep - 1)
            return ", ".join(part for part in (title, _own_word(thing)) if part), is_private
    return _own_word(thing) or "without a name", False


def _own_word(thing: Any) -> str:
    values = (getattr(thing, each.key) for each in sa.inspect(type(thing)).column_attrs)
    day = next((each for each in values if type(each) is date), None)
    word = next((found for one in _TELLS if isinstance(found := getattr(thing, one, None), str) and found), "")
    return ", ".join(part for part in (word, day_text(day) if day else "") if part)


def trail(session: Session, entity: str, id: UUID) -> list[tuple[str, UUID]]:
    """(kind, id) of a record and of what it belongs to, nearest first: the first that some page opens is where one looks at it."""
    found, seen = [(path_of(entity), id)], {id}
    for _ in range(_DEEP):
        thing = thing_of(session, entity, id)
        step = next(((of.info["to"], other) for column in _ABOUT
                     if (other := getattr(thing, column, None)) is not None and other not in seen
                     and (of := column_of(entity, column)) is not None and of.info.get("to")), None)
        if step is None:
            break
        entity, id = step
        seen.add(id)
        found.append((path_of(entity), id))
    return found


def revived(entity: str, field: str, value: Any) -> Any:
    """A value of the log as its column's own type."""
    column = column_of(entity, field)
    return value if column is None else kinds.revived(column, value)


def value_words(session: Session, entity: str, field: str, value: Any) -> str:
    """A value as people write it: days in words, money in pounds, who or what it refers to by name."""
    column = column_of(entity, field)
    if value is None or value == "":
        return NOTHING
    if column is None:
        return str(value)
    found, unit = kinds.revived(column, value), str(column.info.get("unit") or "")
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, UUID):
        return title_of(session, column.info["to"], found)[0] if column.info.get("to") else str(found)
    if isinstance(found, datetime):
        return moment(found)
    if isinstance(found, date):
        return day_text(found)
    if isinstance(found, int):
        return _number(found, unit)
    if isinstance(found, list):
        return ", ".join(str(each) for each in found) or NOTHING
    if isinstance(found, dict):
        return ", ".join(f"{name} {each}" for name, each in sorted(found.items())) or NOTHING
    return str(found)


def _number(found: int, unit: str) -> str:
    if unit == "pence":
        return f"{'-' if found < 0 else ''}£{abs(found) // 100:,}.{abs(found) % 100:02}"
    if unit == "month":
        return month_words(found)
    return f"{found:,} {unit}".strip()
