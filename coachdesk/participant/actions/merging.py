"""One person of two records, and apart again. Both records stay as they are; a row of its own joins them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant import queries
from coachdesk.participant.record import NotSame, Participant, SameAs
from coachdesk.partner.actions import held
from coachdesk.programme.rules import LONGEST_NAME, line_of
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, today

Other = Annotated[UUID, Ref("participant", "the other record")]
Why = Annotated[str | None, "how it is known"]
# What the two records may say differently, and which of them shall stand under the leading one.
MERGEABLE = (
    "name",
    "born_on",
    "ni_number",
    "postcode",
    "phone",
    "email",
    "preferred_contact",
    "is_safe_to_call",
    "is_safe_to_leave_message",
    "language",
    "needs_interpreter",
    "access_needs",
    "lone_working_note",
)


def merge(
    session: Session,
    id: UUID,
    *,
    other: Other,
    reason: Why = None,
    take: Annotated[list[str] | None, "fields whose value comes from the record that is led"] = None,
) -> UUID:
    """Says that two records are one person; the one registered first leads. Answers the joining's id.

    take: fields (MERGEABLE) that the leading record takes over from the other, in the same transaction; an empty field of the leader is
    always filled. Refusal for one record with itself, or when they are joined already.
    """
    one, two = held(session, Participant, id, "participant"), held(session, Participant, other, "participant")
    if one.id == two.id:
        raise Refusal("These are one record already.", "Choose two different records; nothing was changed.")
    ahead = queries.leaders(session)
    first, second = sorted((ahead.get(one.id, one.id), ahead.get(two.id, two.id)), key=lambda each: each.bytes)
    if first == second:
        raise Refusal("These two records are one person already.", "Nothing was changed.")
    unknown = set(take or ()) - set(MERGEABLE)
    if unknown:
        raise Refusal(f"{sorted(unknown)[0]} is not something that can be taken over.", f"Choose from {', '.join(MERGEABLE)}.")
    leading, led = held(session, Participant, first, "participant"), held(session, Participant, second, "participant")
    taken: dict[str, list[Any]] = {}
    for name in MERGEABLE:
        mine, theirs = getattr(leading, name), getattr(led, name)
        if theirs is not None and theirs != mine and (name in (take or ()) or mine is None):
            taken[name] = [_kept(mine), _kept(theirs)]
            setattr(leading, name, theirs)
    for apart in session.execute(sa.select(NotSame)).scalars():
        if {apart.one_id, apart.other_id} in ({first, second}, {one.id, two.id}):
            session.delete(apart)
    made = SameAs(
        one_id=first,
        other_id=second,
        reason=line_of(reason, "The reason"),
        joined_on=today(session),
        joined_by=actor_of(session),
        taken=json.dumps(taken, ensure_ascii=False) if taken else None,
    )
    session.add(made)
    return made.id


def part(session: Session, id: UUID) -> None:
    """Takes a joining away: the two records are two people again, and each says what it said before.

    What the leading record took over goes back to what stood there, unless it was corrected since: a correction stays.
    """
    joining = held(session, SameAs, id, "joining")
    leading = session.get(Participant, joining.one_id)
    for name, (before, took) in json.loads(joining.taken or "{}").items():
        if leading is not None and name in MERGEABLE and _kept(getattr(leading, name)) == took:
            setattr(leading, name, date.fromisoformat(before) if name == "born_on" and before else before)
    session.delete(joining)


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def say_two_people(session: Session, id: UUID, *, other: Other, reason: Why = None) -> UUID:
    """Two records that look alike are two people: they are not suggested again. Refusal while they are joined."""
    one, two = held(session, Participant, id, "participant"), held(session, Participant, other, "participant")
    if one.id == two.id:
        raise Refusal("These are one record.", "Choose two different records; nothing was changed.")
    ahead = queries.leaders(session)
    if ahead.get(one.id, one.id) == ahead.get(two.id, two.id):
        raise Refusal("These two records were said to be one person.", "Part them first; nothing was changed.")
    first, second = sorted((one.id, two.id), key=lambda each: each.bytes)
    known = session.execute(sa.select(NotSame.id).where(NotSame.one_id == first, NotSame.other_id == second)).scalar()
    if known:
        return UUID(str(known))
    made = NotSame(one_id=first, other_id=second, reason=line_of(reason, "The reason", LONGEST_NAME), said_on=today(session))
    session.add(made)
    return made.id


VERBS: dict[str, Callable[..., Any]] = {"merge": merge, "two people": say_two_people}
DOORS = (Door("same_as", "records that are one person", queries.joins, None, {"part": part}, names=("one", "other")),)
