"""What the ledger is fed and what it answers: frozen shapes only, no arithmetic.

Units everywhere: money integer pence, days `date`, months integers (year × 12 + month - 1, see `coachdesk.clock`).
Source: SYNC.md section 8 (claimables, lines, floor), DOMAIN.md section 2 (terms are dated data).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

START = "start"
INTERVENTIONS = "interventions"
JOB_ENTRY = "job_entry"
MILESTONE_KINDS = (START, INTERVENTIONS, JOB_ENTRY)

INTERVENTION = "intervention"
JOB = "job"

TOP_UP = "top_up"

MONTHS_IN_WINDOW = "months in window"
MONTHS_WITH_A_CLAIM = "months with a claim"
DIVISORS = (MONTHS_IN_WINDOW, MONTHS_WITH_A_CLAIM)

HALF_UP = "half up"
HALF_EVEN = "half even"
DOWN = "down"
ROUNDINGS = (HALF_UP, HALF_EVEN, DOWN)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated version of a payable milestone; versions of the same `code` follow each other and never overlap.

    `kind` says what it is ("start", "interventions", "job_entry"), `code` is the contract's own id for it,
    `count` is used by "interventions" only. Both `from_` and `to` are included; `to` None means until further notice.
    """

    code: str
    kind: str
    amount_pence: int
    clause: str
    version: str
    from_: date
    to: date | None
    count: int = 3
    title: str = ""

    @property
    def rule(self) -> str:
        """The rule and its version, as printed beside a line: "start v1"."""
        return f"{self.code} {self.version}" if self.version.startswith("v") else f"{self.code} v{self.version}"

    def in_force(self, on: date) -> bool:
        """Whether this version is in force on that day."""
        return self.from_ <= on and (self.to is None or on <= self.to)


@dataclass(frozen=True, slots=True)
class Floor:
    """A dated rule that pays the larger of a month's own claim and the average claim of a base window (months included).

    `base_totals` (lot name → pence) and `base_months_with_claim` (lot name → number) stand in until a claim
    of a base month has been sent from here.
    """

    clause: str
    version: str
    from_month: int
    to_month: int
    base_from: int
    base_to: int
    divisor: str
    base_totals: Mapping[str, int] = field(default_factory=dict)
    base_months_with_claim: Mapping[str, int] = field(default_factory=dict)
    rounding: str = HALF_UP


@dataclass(frozen=True, slots=True)
class Terms:
    """All dated rules of one contract."""

    contract: str
    milestones: tuple[Milestone, ...]
    floors: tuple[Floor, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that happened, from activity's room. `counts` False carries its reason in `why_not` (evidence missing, …)."""

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


@dataclass(frozen=True, slots=True)
class Person:
    """What the ledger needs of a participant: reference, and the stored verdict in its own sentence."""

    id: str
    reference: str
    lot: str
    eligible: bool
    verdict_sentence: str
    notice_given_on: date | None = None


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
    """A claim that was sent; `payable_pence` is the sum of all its lines, the top-up included."""

    id: str
    lot: str
    month: int
    payable_pence: int


@dataclass(frozen=True, slots=True)
class Value:
    """What one claimable is worth at a cut, and what it rests on. `lot` is the lot of the deed that earned it."""

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


@dataclass(frozen=True, slots=True)
class Unpaid:
    """One activity that pays nothing (or does not yet complete a milestone), with the reason in plain words."""

    deed: str | None
    person: str
    reason: str
    label: str
    on: date


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
    (threshold not reached, evidence missing, not eligible). `deeds` and `people` are what the lines rest on, for `explain`.
    """

    lot: str
    month: int
    lines: tuple[Line, ...]
    unpaid: tuple[Unpaid, ...]
    actual_pence: int
    floor: FloorWorking | None
    payable_pence: int
    waiting: tuple[Unpaid, ...] = ()
    deeds: Mapping[str, Deed] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain from an activity to a sum of money."""

    what: str
    source: str
    rule: str
    clause: str
    arithmetic: str


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
