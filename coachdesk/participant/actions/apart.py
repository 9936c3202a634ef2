"""What is kept apart from the record: equality answers, special-category facts and offences; and every look at them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant import queries
from coachdesk.participant.actions.history import Day, _happened
from coachdesk.participant.record import Equality, Look, Offence, Participant, Sensitive
from coachdesk.participant.rules import history
from coachdesk.partner.actions import held
from coachdesk.partner.rules import note_of, one_of
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.rules import line_of
from coachdesk.store.doors import Door
from coachdesk.store.session import actor_of, moment

Answer = Annotated[str | None, "answer; “prefer not to say” is one; empty: not asked"]


def record_equality(
    session: Session,
    id: UUID,
    *,
    ethnic_group: Answer = None,
    ethnic_detail: Annotated[str | None, "ethnic group in their own words"] = None,
    sex: Answer = None,
    gender: Answer = None,
    disability: Answer = None,
    religion: Answer = None,
    orientation: Answer = None,
    caring: Answer = None,
    asked_on: Day = None,
) -> UUID:
    """The answers to the equality questions, all voluntary; given again they replace what stood. Refusal for an answer off the lists."""
    person = held(session, Participant, id, "participant")
    typed = {
        "ethnic_group": ethnic_group,
        "sex": sex,
        "gender": gender,
        "disability": disability,
        "religion": religion,
        "orientation": orientation,
        "caring": caring,
    }
    answers: dict[str, str | None] = {}
    for name, text in typed.items():
        what, words = history.EQUALITY_QUESTIONS[name]
        answers[name] = one_of((*words, history.NOT_SAID), text, what) if (text or "").strip() else None
    own = line_of(ethnic_detail, "Their own words")
    if own and not (answers["ethnic_group"] or "").count("any other"):
        raise Refusal("Own words stand beside “any other … background”.", "Choose that group, or leave the words out. Nothing was changed.")
    if not any(answers.values()):
        raise Refusal("No question was answered.", "Leave the section if they would rather not; nothing was changed.")
    made = queries.equality_kept(session, person.id)
    if made is None:
        made = Equality(participant_id=person.id, asked_on=_happened(session, asked_on))
        session.add(made)
    elif asked_on is not None:
        made.asked_on = _happened(session, asked_on)
    for name, answer in {**answers, "ethnic_detail": own}.items():
        setattr(made, name, answer)
    return made.id


def record_sensitive(
    session: Session,
    id: UUID,
    *,
    category: Annotated[str, "what it is about"],
    detail: Annotated[str, "what was said"],
    basis: Annotated[str, "why it may be kept"],
    told_on: Day = None,
) -> UUID:
    """A special-category fact (UK GDPR Article 9), kept apart. Refusal without a basis, or for somebody who may not see it."""
    check_may_look(session)
    said = note_of(detail)
    if said is None:
        raise Refusal("There is nothing to keep.", "Say what was told, in a few words. Nothing was changed.")
    made = Sensitive(
        participant_id=held(session, Participant, id, "participant").id,
        detail=said,
        category=one_of(history.SENSITIVE_CATEGORIES, category, "a kind on the list"),
        basis=one_of(history.SENSITIVE_BASES, basis, "a reason for which it may be kept"),
        told_on=_happened(session, told_on),
        told_to=actor_of(session),
    )
    session.add(made)
    return made.id


def record_offence(
    session: Session,
    id: UUID,
    *,
    detail: Annotated[str, "what was said"],
    basis: Annotated[str, "why it may be kept"],
    is_unspent: Annotated[bool | None, "unspent"] = None,
    restrictions: Annotated[str | None, "restrictions on work or place"] = None,
    told_on: Day = None,
) -> UUID:
    """Criminal-offence data (UK GDPR Article 10), kept apart. Refusals as in record_sensitive."""
    check_may_look(session)
    said = note_of(detail)
    if said is None:
        raise Refusal("There is nothing to keep.", "Say what was told, in a few words. Nothing was changed.")
    made = Offence(
        participant_id=held(session, Participant, id, "participant").id,
        detail=said,
        is_unspent=is_unspent,
        restrictions=note_of(restrictions),
        basis=one_of(history.OFFENCE_BASES, basis, "a reason for which it may be kept"),
        told_on=_happened(session, told_on),
        told_to=actor_of(session),
    )
    session.add(made)
    return made.id


def open_apart(
    session: Session, id: UUID, *, what: Annotated[str, "equality, sensitive or offence"], why: Annotated[str, "why it is opened"]
) -> queries.ApartRow:
    """Shows what is kept apart; who looked, when and why is written down in the same transaction. Refusal without reason or right."""
    check_may_look(session)
    person, reason = held(session, Participant, id, "participant"), line_of(why, "The reason")
    if reason is None:
        raise Refusal("Say why you open this: it is written down.", "A few words are enough. Nothing was shown.")
    kind = one_of(history.LOOKS, what, "something that is kept apart")
    session.add(Look(participant_id=person.id, what=kind, why=reason, looked_by=actor_of(session), looked_at=moment(session)))
    return queries.apart(session, person.id, kind)


def check_may_look(session: Session) -> None:
    """Refusal for roles that do not work with people: readers and compliance."""
    role = programme_queries.role_of(session, actor_of(session))
    if role not in history.MAY_LOOK:
        raise Refusal(f"What is kept apart is for coaches and leads; your role is {role or 'not known'}.", "Ask the person's coach.")


def remove_sensitive(session: Session, id: UUID) -> None:
    """Takes away a fact that should not be kept."""
    check_may_look(session)
    session.delete(held(session, Sensitive, id, "fact"))


def remove_offence(session: Session, id: UUID) -> None:
    """Takes away a fact that should not be kept."""
    check_may_look(session)
    session.delete(held(session, Offence, id, "fact"))


VERBS: dict[str, Callable[..., Any]] = {
    "record equality": record_equality,
    "keep apart": record_sensitive,
    "keep offence": record_offence,
    "open apart": open_apart,
}
DOORS = (Door("look", "who opened what is kept apart, when and why", queries.looks, names=("reference",),
              person={"reference": Participant.reference}),)
