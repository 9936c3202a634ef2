"""The contract's terms as data: what pays, how much, up to what, until when, and on which proof. Frozen shapes only, no arithmetic.

Every rule carries the clause of the contract that it comes from, a version, and the days on which it is in force (both included; `to`
None: until further notice). Lots are ids here; the programme's file names them, and what feeds the ledger turns names into ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coachdesk.activity.rules import Manner

START = "start"
INTERVENTIONS = "interventions"
JOB_ENTRY = "job_entry"
SERVICE_FEE = "service_fee"
SUSTAINED = "sustained"
PROGRESSION = "progression"
MILESTONE_KINDS = (START, INTERVENTIONS, JOB_ENTRY, SERVICE_FEE, SUSTAINED, PROGRESSION)
TOP_UP = "top_up"

OF_JOB, OF_PERSON = "job", "person"
POOLS = (OF_JOB, OF_PERSON)

PER_PERSON, PER_MONTH, PER_LOT, PER_LOT_MONTH, PER_CONTRACT = "person", "month", "lot", "lot and month", "contract"
CAP_SCOPES = (PER_PERSON, PER_MONTH, PER_LOT, PER_LOT_MONTH, PER_CONTRACT)

LAST, EVERY = "last", "every"
NEED_SCOPES = (LAST, EVERY)

MONTHS_IN_WINDOW = "months in window"
MONTHS_WITH_A_CLAIM = "months with a claim"
DIVISORS = (MONTHS_IN_WINDOW, MONTHS_WITH_A_CLAIM)

HALF_UP = "half up"
HALF_EVEN = "half even"
DOWN = "down"
ROUNDINGS = (HALF_UP, HALF_EVEN, DOWN)


def rule_words(code: str, version: str) -> str:
    """The rule and its version, as printed beside a line: "start v1"."""
    return f"{code} {version}" if version.startswith("v") else f"{code} v{version}"


def is_in_force(from_: date | None, to: date | None, on: date) -> bool:
    """Whether a span holds a day; both ends belong to it."""
    return (from_ is None or from_ <= on) and (to is None or on <= to)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated version of a payable milestone; versions of the same `code` follow each other and never overlap.

    `kind` says what it is (MILESTONE_KINDS), `code` is the contract's own id for it. `amounts` (lot → pence) goes before `amount_pence`.
    By kind: interventions `count`; sustained either `weeks` (in a job of at least `hours_a_week`, with at most `break_days` out of work
    on the way, None: however many) or `earnings_pence` together (within `within_days` of the first day in work, 0: however long), `of`
    one job or all of a person's; progression `hours_more` a week, or a higher one of `pay_bands` (lowest pence an hour of each), against
    the baseline, of somebody `in_work_at_start`. `each_spell`: somebody who comes back can be claimed for again.
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
    amounts: Mapping[str, int] = field(default_factory=dict)
    each_spell: bool = False
    weeks: int = 0
    hours_a_week: int = 0
    break_days: int | None = None
    earnings_pence: int = 0
    within_days: int = 0
    of: str = OF_JOB
    hours_more: int = 0
    pay_bands: tuple[int, ...] = ()
    in_work_at_start: bool = True

    @property
    def rule(self) -> str:
        """The rule and its version, as printed beside a line: "start v1"."""
        return rule_words(self.code, self.version)

    def in_force(self, on: date) -> bool:
        """Whether this version is in force on that day."""
        return is_in_force(self.from_, self.to, on)

    def price(self, lot: str) -> int:
        """What it pays in a lot."""
        return self.amounts.get(lot, self.amount_pence)


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
class Cap:
    """The most that is paid: so many items (`most`) or so much money (`most_pence`), per person, month, lot, lot and month, or contract.

    It counts what was *earned* while this version is in force; a month is the month earned. `milestones` () means all of them, `lot` ""
    all lots. What comes first by the day earned, then by its id, is paid first.
    """

    code: str
    per: str
    clause: str
    version: str
    from_: date
    to: date | None
    milestones: tuple[str, ...] = ()
    most: int | None = None
    most_pence: int | None = None
    lot: str = ""
    title: str = ""

    @property
    def rule(self) -> str:
        """The rule and its version."""
        return rule_words(self.code, self.version)


@dataclass(frozen=True, slots=True)
class Lateness:
    """Work earned in a month can be claimed in the claim of `months` months later, and not after. `milestones` () means all of them."""

    months: int
    clause: str
    version: str
    from_: date
    to: date | None
    milestones: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule and its version."""
        return rule_words("lateness", self.version)


@dataclass(frozen=True, slots=True)
class Wording:
    """A set phrase that a proof obtained on these days must bear."""

    phrase: str
    clause: str
    from_: date
    to: date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What must be proved before a milestone earned on these days is paid, and with which words.

    `scope`: the activity that earned it (LAST) or each of the activities that it rests on (EVERY); a proof of the person counts for all.
    """

    milestone: str
    proves: str
    clause: str
    version: str
    from_: date
    to: date | None
    title: str = ""
    scope: str = LAST
    verified: bool = False
    wordings: tuple[Wording, ...] = ()

    @property
    def rule(self) -> str:
        """The rule and its version."""
        return rule_words("evidence", self.version)

    @property
    def words(self) -> str:
        """What is needed, as people say it."""
        return self.title or self.proves

    def wording_on(self, obtained_on: date) -> Wording | None:
        """The set phrase that a proof obtained on that day must bear; were two to overlap, the one that began later."""
        fitting = [each for each in self.wordings if is_in_force(each.from_, each.to, obtained_on)]
        return max(fitting, key=lambda each: each.from_) if fitting else None


@dataclass(frozen=True, slots=True)
class Terms:
    """All dated rules of one contract. `meaningful`: the versions of its definition of a meaningful intervention; none: as recorded."""

    contract: str
    milestones: tuple[Milestone, ...]
    floors: tuple[Floor, ...] = ()
    caps: tuple[Cap, ...] = ()
    lateness: tuple[Lateness, ...] = ()
    needs: tuple[Need, ...] = ()
    meaningful: tuple[Manner, ...] = ()
