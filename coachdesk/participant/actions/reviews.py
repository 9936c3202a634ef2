"""Where a newer postcode edition would judge otherwise: case by case the lead keeps the verdict or decides again, with a reason."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant import queries, rules
from coachdesk.participant.queries.reviews import CHANGED, KEPT, UNDECIDED, EditionReviewRow
from coachdesk.participant.record import EditionReview, Participant, Verdict
from coachdesk.partner.actions import held
from coachdesk.partner.rules import note_of, one_of
from coachdesk.programme import queries as programme_queries
from coachdesk.store.doors import Door
from coachdesk.store.session import actor_of, moment, today

Edition = Annotated[str | None, "edition, such as 2025.2.0; the newest on this device when not said"]


def keep_verdict(session: Session, id: UUID, *, reason: Annotated[str, "why it stays"], edition: Edition = None) -> UUID:
    """The verdict stays as it was said, although the edition would say otherwise. The lead alone; a reason is needed."""
    row, why = _asked(session, id, reason, edition)
    return _reviewed(session, row, KEPT, why)


def decide_by_edition(
    session: Session, id: UUID, *, reason: Annotated[str, "why it changes"], edition: Edition = None,
    verdict: Annotated[str | None, "decided by hand: eligible by residence, eligible by connection or not eligible; the edition's own "
                                   "when not said"] = None,
) -> UUID:
    """Decides again by the edition, or by hand: a new verdict beside the old ones, which stay. The lead alone; a reason is needed."""
    row, why = _asked(session, id, reason, edition)
    judge = queries.by_edition(session, row.edition)
    assert judge is not None
    judged = judge.judge(row.lot, row.postcode, row.stood_on)
    said, method, sentence = judged.verdict, judged.method, judged.sentence
    if verdict:
        said, method = one_of(rules.VERDICTS_BY_HAND, verdict, "a decision"), "by hand"
        sentence = f"Decided by hand after {judge.edition.title}: {said} for the {row.lot} lot."
    person = held(session, Participant, row.id, "participant")
    session.add(Verdict(
        participant_id=person.id, lot_id=person.lot_id, verdict=said, postcode=row.postcode, ward_code=judged.ward_code,
        ward_name=judged.ward_name, edition=judge.edition.name, method=method, decided_on=today(session), decided_at=moment(session),
        decided_by=actor_of(session), reason=why, sentence=rules.kept_sentence(said, sentence)))
    return _reviewed(session, row, CHANGED, why)


def _asked(session: Session, id: UUID, reason: str, edition: str | None) -> tuple[EditionReviewRow, str]:
    """The person's row and the reason. Refusal for whoever may not, without a reason, or where nothing would be otherwise."""
    if programme_queries.role_of(session, actor_of(session)) != "lead":
        raise Refusal("What a new edition changes is decided by the lead.",
                      "Ask the lead; the verdict stands until then. Nothing was changed.")
    why = note_of(reason)
    if why is None:
        raise Refusal("This decision needs a reason.", "Say what was seen or agreed, and with whom. Nothing was changed.")
    person = queries.leader(session, held(session, Participant, id, "participant").id)
    row = next(iter(queries.edition_reviews(session, edition=edition, decision=UNDECIDED, participant=person)), None)
    if row is None:
        raise Refusal("That edition says nothing else of this person, or it was decided already.",
                      "Their timeline has every verdict; `decide again` asks for a new one. Nothing was changed.")
    return row, why


def _reviewed(session: Session, row: EditionReviewRow, decision: str, why: str) -> UUID:
    made = EditionReview(participant_id=row.id, edition=row.edition, stood=row.stood, would_be=row.would_be, decision=decision, reason=why,
                         decided_on=today(session), decided_by=actor_of(session))
    session.add(made)
    return made.id


DOORS = (Door("edition_review", "people whom the newest postcode edition would judge otherwise; nothing changes until the lead decides",
              queries.edition_reviews, verbs={"keep": keep_verdict, "decide again": decide_by_edition}, names=("reference", "name"),
              person={"reference": Participant.reference, "name": Participant.name}),)
