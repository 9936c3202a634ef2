"""Evidence added, looked at by a second pair of eyes, found wanting, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import queries, rules
from coachdesk.activity.record import Evidence, Intervention, Job
from coachdesk.clock import day_text
from coachdesk.errors import Refusal, Trouble
from coachdesk.participant.record import Participant
from coachdesk.partner.actions import held
from coachdesk.programme.queries import days, role_of
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import line_of, lines_of, needed_line
from coachdesk.store import blobs
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, today


@dataclass(frozen=True, slots=True)
class File:
    """A file that is to be kept: the name it came under, and what is in it."""

    name: str
    data: bytes


def file_at(path: Path) -> File:
    """A file on the disk, read no further than may be kept. Trouble where it cannot be read."""
    try:
        with path.open("rb") as file:
            return File(path.name, file.read(blobs.LARGEST + 1))
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or "no file can have that name"
        raise Trouble(f"{path.name} cannot be read: {said}.", "Check the name; nothing was changed.") from None


def add_evidence(
    session: Session,
    *,
    proves: Annotated[str, "what it proves"],
    how: Annotated[str, "how it was obtained"],
    participant: Annotated[UUID | None, Ref("participant", "whose proof it is; not needed for one of a job or of help")] = None,
    job: Annotated[UUID | None, Ref("activity.job", "of which job")] = None,
    intervention: Annotated[UUID | None, Ref("activity", "of which piece of help")] = None,
    obtained_on: Annotated[date | None, "obtained on; today when not said"] = None,
    dated: Annotated[date | None, "the day that stands on it"] = None,
    wording: Annotated[str | None, "the words on it, where a rule asks for a phrase"] = None,
    note: Annotated[str | None, "note"] = None,
    coach: Annotated[UUID | None, Ref("programme.member", "who obtained it; you when not said")] = None,
) -> UUID:
    """Writes down a proof that was seen and not kept. Refusal as keep_evidence()."""
    return keep_evidence(session, None, proves=proves, how=how, participant=participant, job=job, intervention=intervention,
                         obtained_on=obtained_on, dated=dated, wording=wording, note=note, coach=coach)


def keep_evidence(session: Session, file: File | None, *, proves: str, how: str, participant: UUID | None = None, job: UUID | None = None,
                  intervention: UUID | None = None, obtained_on: date | None = None, dated: date | None = None,
                  wording: str | None = None, note: str | None = None, coach: UUID | None = None) -> UUID:
    """Adds a proof with its file. Refusal for a file that is none, days that cannot be, a word that is not known, or nobody's proof."""
    person = _whose(session, participant, job, intervention)
    on = obtained_on or today(session)
    days(session).check_possible(dated)
    rules.check_days(on, dated, today(session))
    made = Evidence(
        participant_id=person.id,
        coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id,
        job_id=job,
        intervention_id=intervention,
        proves=rules.proves_of(proves, of_job=job is not None, of_help=intervention is not None),
        obtained_on=on,
        how=rules.way_of(how, has_file=file is not None),
        dated=dated,
        wording=lines_of(wording),
        note=lines_of(note),
    )
    if file is not None:
        _keep(session, made, person, file)
    session.add(made)
    return made.id


def put_file(session: Session, id: UUID, file: File) -> None:
    """Gives a proof its file, or another one; it has to be verified again. Refusal for a file that is none."""
    thing = held(session, Evidence, id, "piece of evidence")
    _keep(session, thing, held(session, Participant, thing.participant_id, "participant"), file)
    thing.verified_by = thing.verified_on = thing.refused_on = thing.refused_why = None


def change_evidence(
    session: Session,
    id: UUID,
    *,
    proves: Annotated[str | None, "what it proves"] = None,
    how: Annotated[str | None, "how it was obtained"] = None,
    obtained_on: Annotated[date | None, "obtained on"] = None,
    dated: Annotated[date | None, "the day that stands on it"] = None,
    wording: Annotated[str | None, "the words on it, where a rule asks for a phrase"] = None,
    note: Annotated[str | None, "note"] = None,
) -> None:
    """Corrects what is written of a proof; what is left out stays. It has to be verified again then. Refusal as when adding."""
    thing = held(session, Evidence, id, "piece of evidence")
    if proves is not None:
        thing.proves = rules.proves_of(proves, of_job=thing.job_id is not None, of_help=thing.intervention_id is not None)
    if how is not None:
        thing.how = rules.way_of(how, has_file=thing.blob is not None)
    days(session).check_possible(dated)
    thing.obtained_on, thing.dated = obtained_on or thing.obtained_on, dated or thing.dated
    rules.check_days(thing.obtained_on, thing.dated, today(session))
    if wording is not None:
        thing.wording = lines_of(wording)
    if note is not None:
        thing.note = lines_of(note)
    if any(each is not None for each in (proves, how, obtained_on, dated, wording)):
        thing.verified_by = thing.verified_on = thing.refused_on = thing.refused_why = None


def verify_evidence(session: Session, id: UUID) -> None:
    """A second pair of eyes finds it good. Refusal for one's own, unless one leads."""
    thing = held(session, Evidence, id, "piece of evidence")
    _second_eyes(session, thing)
    thing.verified_by, thing.verified_on, thing.refused_on, thing.refused_why = actor_of(session), today(session), None, None


def refuse_evidence(session: Session, id: UUID, *, why: Annotated[str, "why it is not good enough"]) -> None:
    """A second pair of eyes finds it not good enough; it proves nothing until it is mended. Refusal without a reason."""
    thing = held(session, Evidence, id, "piece of evidence")
    thing.refused_why = needed_line(why, "the reason why it is not good enough")
    thing.refused_on, thing.verified_by, thing.verified_on = today(session), None, None


def remove_evidence(session: Session, id: UUID, *, why: Annotated[str, "why it is removed"]) -> None:
    """Takes away a proof that should not stand here; the reason stays in the log. Refusal without a reason."""
    thing = held(session, Evidence, id, "piece of evidence")
    thing.changed_why = f"removed: {needed_line(why, 'a reason for removing it')}"
    session.flush()
    session.delete(thing)


def _whose(session: Session, participant: UUID | None, job: UUID | None, intervention: UUID | None) -> Participant:
    if job is not None and intervention is not None:
        raise Refusal("A proof belongs to a job or to a piece of help, not to both.", "Add it twice if it proves both; it is kept once.")
    of = held(session, Job, job, "job").participant_id if job else None
    if intervention is not None:
        of = held(session, Intervention, intervention, "piece of help").participant_id
    if of is not None and participant not in (None, of):
        raise Refusal("That belongs to somebody else.", "Choose the person again; nothing was changed.")
    whose = of or participant
    if whose is None:
        raise Refusal("Say what this is a proof of: a person, a job, or a piece of help.", "Nothing was changed.")
    return held(session, Participant, whose, "participant")


def _keep(session: Session, thing: Evidence, person: Participant, file: File) -> None:
    media = rules.kind_of_file(file.data)
    kept = blobs.put(session, person.seal_id, file.data)
    before = queries.evidence_with(session, kept.name)
    if before is not None and before.id != thing.id and (before.job_id, before.intervention_id, before.proves) == (
            thing.job_id, thing.intervention_id, thing.proves):
        raise Refusal(f"That very file is here already as proof of the same thing, obtained on {day_text(before.obtained_on)}.",
                      "Nothing was added.")
    thing.media, thing.size, thing.blob, thing.digest = media, kept.size, kept.name, kept.digest
    thing.file_name = line_of(file.name, "The name of the file")


def _second_eyes(session: Session, thing: Evidence) -> None:
    me = actor_of(session)
    rules.check_verifier(is_own=thing.coach_id == me, role=role_of(session, me) or "")


DOORS = (Door("evidence", "proofs of what was done, and who looked at them", queries.evidence, add_evidence,
              {"change": change_evidence, "verify": verify_evidence, "not good enough": refuse_evidence, "remove": remove_evidence},
              names=("reference", "participant")),)
