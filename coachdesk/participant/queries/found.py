"""Who is found by typing: name in any script, telephone number, postcode, reference; whoever has left too (store.search)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.participant.queries.merged import leaders
from coachdesk.participant.record import Participant
from coachdesk.participant.rules.matching import same_names
from coachdesk.partner.rules import folded
from coachdesk.programme.record import Lot
from coachdesk.store import search
from coachdesk.store.search import Entry, Found, Leaning, Source
from coachdesk.store.session import newest

PARTICIPANT = "participant"


def found(session: Session, text: str, *, limit: int = 20) -> list[Found]:
    """People in order of name who have every word of the text: the beginning of a name, or a piece of number, postcode or reference.

    Where few are found, those follow whose names are spelt alike or mean the same. Somebody with several records is found once.
    """
    return search.find(session, folded(text), {PARTICIPANT: limit}, ahead=ahead(session), means=same_names)


def ahead(session: Session) -> dict[UUID, UUID]:
    """Record → the one it is shown under; worked out once for as long as nothing is written, since every keystroke asks."""
    if session.info["open"] is not None:
        return leaders(session)             # an open change may just have joined somebody
    kept: dict[str, tuple[int, dict[UUID, UUID]]] = session.info["world"]
    number = newest(session)
    found = kept.get("search.ahead")
    if found is None or found[0] != number:
        found = kept["search.ahead"] = (number, leaders(session))
    return found[1]


def _person(known: bytes, name: str, reference: str, phone: str | None, postcode: str | None, lot: str) -> Entry:
    words = search.words_of(name, folded)
    return Entry(known, name, f"{reference} · {lot}", words, (phone, postcode, reference), words)


def _people_in(connection: sa.Connection, lots: Sequence[UUID]) -> Iterable[UUID]:
    return connection.execute(sa.select(Participant.id).where(Participant.lot_id.in_(lots))).scalars().all()


search.register(
    Source(
        PARTICIPANT,
        0,
        Participant,
        frozenset(("name", "reference", "phone", "postcode", "lot_id")),
        sa.select(
            Participant.id, Participant.name, Participant.reference, Participant.phone, Participant.postcode, Lot.name
        ).join(Lot, Lot.id == Participant.lot_id),
        _person,
        leans=(Leaning(Lot, frozenset(("name",)), _people_in),),
    )
)
