"""The life of a candidate: which step may follow which, folded from the steps that were written down, and how far each one came.

For a vacancy: found, told, applied, interview, offered, hired; or not hired with the reason, or they withdrew. For a training: found,
told, booked, started, finished; or it did not come to it with the reason, or they withdrew. Every end stays; a new step is no repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.programme.rules import line_of

FOUND, TOLD, APPLIED, INTERVIEW, OFFERED, HIRED = "found", "told", "applied", "interview", "offered", "hired"
NOT_HIRED, WITHDREW = "not hired", "withdrew"
PLACE_BOOKED, STARTED, FINISHED, NOT_TAKEN = "booked", "started", "finished", "not taken up"
WAY_TO_JOB = (FOUND, TOLD, APPLIED, INTERVIEW, OFFERED, HIRED)
WAY_TO_TRAINING = (FOUND, TOLD, PLACE_BOOKED, STARTED, FINISHED)
FUNNEL = (FOUND, TOLD, APPLIED, INTERVIEW, HIRED)               # what is counted beside each other; an offer is on the way
TAKEN_UP = (FOUND, TOLD, PLACE_BOOKED, STARTED, FINISHED)
NAMES_GO_OUT = (APPLIED, INTERVIEW, OFFERED)       # steps at which our sending their name is asked about

# "" is before the first step.
JOB_MOVES: Mapping[str, tuple[str, ...]] = {
    "": (FOUND,),
    FOUND: (TOLD, WITHDREW),
    TOLD: (APPLIED, INTERVIEW, NOT_HIRED, WITHDREW),
    APPLIED: (INTERVIEW, OFFERED, HIRED, NOT_HIRED, WITHDREW),
    INTERVIEW: (OFFERED, HIRED, NOT_HIRED, WITHDREW),
    OFFERED: (HIRED, NOT_HIRED, WITHDREW),
    HIRED: (),
    NOT_HIRED: (),
    WITHDREW: (),
}
TRAINING_MOVES: Mapping[str, tuple[str, ...]] = {
    "": (FOUND,),
    FOUND: (TOLD, WITHDREW),
    TOLD: (PLACE_BOOKED, NOT_TAKEN, WITHDREW),
    PLACE_BOOKED: (STARTED, NOT_TAKEN, WITHDREW),
    STARTED: (FINISHED, WITHDREW),
    FINISHED: (),
    NOT_TAKEN: (),
    WITHDREW: (),
}
STAGES = tuple(dict.fromkeys((*WAY_TO_JOB, NOT_HIRED, WITHDREW, *WAY_TO_TRAINING, NOT_TAKEN)))
NEED_A_REASON = (NOT_HIRED, NOT_TAKEN)
_MEANT = {"interviewed": INTERVIEW, "offer": OFFERED, "job": HIRED, "no": NOT_HIRED, "withdrawn": WITHDREW, "book": PLACE_BOOKED}


@dataclass(frozen=True, slots=True)
class CandidateMove:
    """One step as it was written down; key makes the order certain where two were written at one moment."""

    stage: str
    on: date
    moved_at: datetime
    key: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """How far somebody came. stage: where they stand; reached: the furthest stage of the way; illegal: steps that could not count."""

    stage: str
    since: date | None
    reached: str
    reason: str | None
    illegal: tuple[tuple[CandidateMove, str], ...]

    @property
    def is_open(self) -> bool:
        """May anything follow?"""
        return bool(JOB_MOVES.get(self.stage) or TRAINING_MOVES.get(self.stage))


def moves_of(is_training: bool) -> Mapping[str, tuple[str, ...]]:
    """Which step may follow which."""
    return TRAINING_MOVES if is_training else JOB_MOVES


def way_of(is_training: bool) -> tuple[str, ...]:
    """The stages in which one gets further, in order."""
    return WAY_TO_TRAINING if is_training else WAY_TO_JOB


def came(moves: Iterable[CandidateMove], is_training: bool = False) -> Came:
    """Where a candidate stands after all steps, as they were written; steps that may not follow are listed, never dropped."""
    allowed, way = moves_of(is_training), way_of(is_training)
    stage, reached, last = "", "", None
    illegal: list[tuple[CandidateMove, str]] = []
    for move in sorted(moves, key=lambda each: (each.moved_at, each.key)):
        if move.stage not in allowed.get(stage, ()):
            illegal.append((move, f"“{move.stage}” on {day_text(move.on)} could not follow “{stage or 'nothing'}”"))
            continue
        stage, last = move.stage, move
        if stage in way:
            reached = stage
    return Came(stage, last.on if last else None, reached, last.reason if last else None, tuple(illegal))


def got_to(reached: str, stage: str, is_training: bool = False) -> bool:
    """Did somebody whose furthest stage is `reached` get at least as far as `stage`?"""
    way = way_of(is_training)
    return reached in way and stage in way and way.index(reached) >= way.index(stage)


def stage_of(text: str, is_training: bool = False) -> str:
    """The stage that a text means. Refusal, with the list, otherwise."""
    word = " ".join(text.casefold().replace("_", " ").split())
    known = [stage for stage in moves_of(is_training) if stage]
    found = [stage for stage in known if stage == word] or [stage for stage in known if word and stage.startswith(word)]
    if len(found) != 1 and _MEANT.get(word) in known:
        found = [_MEANT[word]]
    if len(found) != 1:
        raise Refusal(f"“{text.strip()[:40]}” is not a step of a candidate.", f"Choose one of: {', '.join(known)}. Nothing was changed.")
    return found[0]


def check_candidate_move(stage: str, wanted: str, is_training: bool = False) -> None:
    """Refusal, saying what is possible, when a candidate who stands there cannot make that step."""
    possible = moves_of(is_training).get(stage, ())
    if wanted in possible:
        return
    if not possible:
        raise Refusal(f"This candidate is at the end: {stage}. It cannot be “{wanted}” any more.",
                      "Ctrl+Z takes the last step back if it was wrong. Nothing was changed.")
    raise Refusal(f"This candidate stands at “{stage}”, so “{wanted}” cannot follow.",
                  f"What can follow: {', '.join(possible)}. Nothing was changed.")


def reason_of(stage: str, text: str | None) -> str | None:
    """The reason, needed where it did not come to it. Refusal without one there."""
    reason = line_of(text, "The reason")
    if reason is None and stage in NEED_A_REASON:
        raise Refusal(f"“{stage}” needs the reason, as the employer said it or as far as we know.",
                      "Type it in a few words, or “not told”. Nothing was changed.")
    return reason


def check_step_day(on: date, before: date | None, today: date) -> None:
    """Refusal for a day to come, or before the step before."""
    if on > today:
        raise Refusal(f"{day_text(on)} is still to come.", "Say the day on which it happened, or book an appointment for it.")
    if before is not None and on < before:
        raise Refusal(f"The step before was on {day_text(before)}.", "Say that day or a later one. Nothing was changed.")


def check_name_goes_out(employer: str, consent: str | None) -> None:
    """Refusal unless the person said that we may talk to an employer."""
    if consent != "given":
        said = {None: "Nobody asked them yet", "refused": "They said no", "withdrawn": "They took their consent back"}.get(consent, "No")
        raise Refusal(f"Their name may not go to {employer}: there is no consent to talk to an employer. {said}.",
                      "Ask them and write the answer down, or let them apply themselves. Nothing was changed.")


def funnel_words(counts: Mapping[str, int], way: Iterable[str] = FUNNEL) -> str:
    """`6 found, 5 told, 3 applied, 2 interview, 1 hired`."""
    return ", ".join(f"{counts.get(stage, 0):,} {stage}" for stage in way)
