"""What the ledger is fed and what it answers: frozen shapes only, no arithmetic.

Units everywhere: money integer pence, days `date`, months integers (year × 12 + month - 1, see `coachdesk.clock`).
Source: SYNC.md section 8 (claimables, lines, floor), DOMAIN.md section 2 (terms are dated data).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

INTERVENTION = "intervention"
JOB = "job"

IN_WORK, BREAK, EARNINGS, CHANGE = "in work", "break", "earnings", "change"
PERIODS = (IN_WORK, BREAK, EARNINGS, CHANGE)


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence, as the ledger needs it: what it proves, since when it is here, its set phrase, and whether somebody checked it.

    No text that a person typed goes in: `wording` is a phrase of the contract, or says that it is another one; `verified_by` and `how` are
    an id and a word of a list.
    """

    id: str
    proves: str
    obtained_on: date
    how: str = ""
    wording: str = ""
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What is known of some days of a job: IN_WORK seen to go on, BREAK out of work, EARNINGS paid, CHANGE to other hours or pay."""

    id: str
    kind: str
    from_: date
    to: date
    pence: int = 0
    hours_a_week: int | None = None
    pay_pence_an_hour: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that happened, from activity's room. `counts` False carries its reason in `why_not` (evidence missing, …).

    help: `mode`, `minutes`, `help_kind`, and the version of the definition that it was judged by when it was written down ("": none).
    job: hours, pay, last day, and what became known of it since. `evidence` is what proves this very activity.
    """

    id: str
    person: str
    lot: str
    kind: str
    on: date
    is_meaningful: bool
    why: str
    label: str
    counts: bool = True
    why_not: str = ""
    evidence: tuple[Proof, ...] = ()
    mode: str = ""
    minutes: int = 0
    help_kind: str = ""
    judged_by: str = ""
    hours_a_week: int = 0
    pay_pence_an_hour: int | None = None
    ended_on: date | None = None
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Spell:
    """One time on the programme with the baseline taken at its start. `id` is "" for a person's first one; None: not asked."""

    id: str
    started_on: date
    hours_a_week: int | None = None
    pay_pence_an_hour: int | None = None
    weeks_out_of_work: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What the ledger needs of a participant: reference, the stored verdict in its own sentence, spells, and proofs of the person."""

    id: str
    reference: str
    lot: str
    eligible: bool
    verdict_sentence: str
    notice_given_on: date | None = None
    spells: tuple[Spell, ...] = ()
    evidence: tuple[Proof, ...] = ()

    def spell_on(self, on: date) -> Spell | None:
        """The spell that a day belongs to: the last that began by then, else the first; None where none is known."""
        begun = [spell for spell in self.spells if spell.started_on <= on]
        return max(begun, key=lambda s: (s.started_on, s.id)) if begun else min(self.spells, key=lambda s: s.started_on, default=None)


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line of a claim that was sent. `kind` is the milestone's code, or "top_up" for the floor's own line.

    The fields with defaults are only read when the line has to be reversed and its milestone can no longer be derived;
    a caller that stores them should give them, so that the reversal says what it reverses.
    """

    claimable: str
    amount_pence: int
    month: int
    claim: str
    kind: str
    subject: str = ""
    person: str = ""
    earned_month: int | None = None
    rule: str = ""
    clause: str = ""
    title: str = ""
    deeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentClaim:
    """A claim that was sent; `payable_pence` is the sum of all its lines, the top-up included.

    `rejected_pence`: of it, lines that were rejected; `again_pence`: lines that claim again what was rejected in an earlier one. Both
    only tell what a floor's base counts.
    """

    id: str
    lot: str
    month: int
    payable_pence: int
    rejected_pence: int = 0
    again_pence: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain from an activity to a sum of money."""

    what: str
    source: str
    rule: str
    clause: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class Value:
    """What one claimable is worth at a cut, and what it rests on. `lot` is the lot of the deed that earned it; `steps` the working beyond
    its activities: definition, evidence, days in work, caps."""

    claimable: str
    milestone: str
    subject: str
    person: str
    lot: str
    earned_on: date
    amount_pence: int
    deeds: tuple[str, ...]
    rule: str
    clause: str
    arithmetic: str
    title: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a claim: `amount_pence` = `value_pence` − `taken_pence` (what earlier sent claims took).

    `reason` is empty for the month's own work, else begins with "late: ", "adjustment: " or "reversal: ".
    """

    claimable: str
    milestone: str
    subject: str
    person: str
    lot: str
    month: int
    earned_month: int
    amount_pence: int
    value_pence: int
    taken_pence: int
    deeds: tuple[str, ...]
    rule: str
    clause: str
    arithmetic: str
    reason: str
    title: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpaid:
    """One activity or claimable that pays nothing (or not yet, or not all), with the reason in plain words.

    Where a rule cut a claimable off, `claimable` names it, `rule` and `clause` say which rule did, and `amount_pence` what is not paid.
    `is_final`: no later evidence or activity can make it payable.
    """

    deed: str | None
    person: str
    reason: str
    label: str
    on: date
    lot: str = ""
    claimable: str = ""
    milestone: str = ""
    rule: str = ""
    clause: str = ""
    amount_pence: int = 0
    is_final: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def is_pending(self) -> bool:
        """Whether it is an outcome on its way: work that may come to be enough, nothing that was done and is not paid."""
        return bool(self.claimable) and not self.steps and not self.is_final

    @property
    def key(self) -> str:
        """What it is opened by: its claimable where it has one, else its activity."""
        return self.claimable or self.deed or ""


@dataclass(frozen=True, slots=True)
class FloorWorking:
    """Both figures of the floor and which won; `top_up_pence` is the amount of the top-up's own line (0: no line)."""

    base_from: int
    base_to: int
    divisor: str
    base_total_pence: int
    divide_by: int
    floor_pence: int
    actual_pence: int
    top_up_pence: int
    won: str
    clause: str
    version: str
    arithmetic: str
    claimable: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """A lot's claim of one month. `payable_pence` = `actual_pence` (sum of lines) + the top-up.

    `unpaid` holds the month's own activities that pay nothing; `waiting` those of earlier months that still could
    (threshold not reached, evidence missing, not eligible, cut off by a cap); `expired` what came too late to be paid at all.
    `deeds` and `people` are what the lines rest on, for `explain`.
    """

    lot: str
    month: int
    lines: tuple[Line, ...]
    unpaid: tuple[Unpaid, ...]
    actual_pence: int
    floor: FloorWorking | None
    payable_pence: int
    waiting: tuple[Unpaid, ...] = ()
    expired: tuple[Unpaid, ...] = ()
    deeds: Mapping[str, Deed] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is toward the contract's meaningful interventions; `count` never exceeds `needed`."""

    count: int
    needed: int
    counted: tuple[Deed, ...]
    not_counted: tuple[tuple[Deed, str], ...]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A claimable on which a sent claim and its re-run disagree."""

    claimable: str
    milestone: str
    sent_pence: int
    now_pence: int


@dataclass(frozen=True, slots=True)
class Rerun:
    """A sent claim worked out again: the figures now, and each line that differs (none: the same to the penny)."""

    figures: ClaimFigures
    differences: tuple[Difference, ...]
    sent_pence: int
    now_pence: int
