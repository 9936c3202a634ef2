"""Random contracts and random histories for the ledger's tests: work, corrections, late arrivals, deletions, joins, changed terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from coachdesk.activity.rules import HELP_GIVEN, JOB_STARTED, KINDS, Manner
from coachdesk.claim.rules import (
    BREAK,
    CAP_SCOPES,
    CHANGE,
    EARNINGS,
    IN_WORK,
    TOP_UP,
    Cap,
    ClaimFigures,
    Deed,
    Floor,
    Lateness,
    Milestone,
    Need,
    Period,
    Person,
    Proof,
    SentClaim,
    SentLine,
    Spell,
    Terms,
    Wording,
    figures,
    top_up_line,
)
from coachdesk.claim.rules.caps import Place, scope
from coachdesk.clock import month_from_text

FIRST = month_from_text("2020-03")
MONTHS = range(FIRST, FIRST + 5)
DAY_ONE, BEGIN = date(2020, 3, 1), date(2018, 10, 1)
LOTS = ("lot one", "lot two")
CODES = ("fee", "start", "three", "job", "lasting", "earned", "more")
PHRASE = "I confirm the start of work"

days = st.integers(0, 150).map(lambda n: DAY_ONE + timedelta(days=n))


def _pair(code: str, kind: str, first: int, second: int, turn: date, **more: object) -> tuple[Milestone, Milestone]:
    """Two versions of a milestone, the second from a day on."""
    later = {**more, "count": 2} if kind == "interventions" else more
    return (Milestone(code, kind, first, f"{code} 1", "1", BEGIN, turn - timedelta(days=1), **more),  # type: ignore[arg-type]
            Milestone(code, kind, second, f"{code} 2", "2", turn, None, **later))  # type: ignore[arg-type]


@st.composite
def caps_of(draw: st.DrawFn, index: int) -> Cap:
    """A cap in items, in pence, or in both."""
    most = draw(st.one_of(st.none(), st.integers(0, 4)))
    pence = draw(st.integers(0, 400_000)) if most is None or draw(st.booleans()) else None
    named = tuple(draw(st.lists(st.sampled_from(CODES), max_size=3, unique=True)))
    return Cap(f"cap {index}", draw(st.sampled_from(CAP_SCOPES)), f"cap clause {index}", "1", BEGIN, None, named, most, pence,
               draw(st.sampled_from(["", "", *LOTS])))


@st.composite
def terms_of(draw: st.DrawFn, *, lateness: bool = True) -> Terms:
    """A contract of every kind of rule; codes stay the same, so that one contract can follow another in a history."""
    turn, more_than = draw(days), draw(st.integers(0, 3))
    milestones = (
        *_pair("fee", "service_fee", 10_001, 12_000, turn, amounts={LOTS[0]: 9_999}),
        *_pair("start", "start", 50_000, 45_001, turn, each_spell=True),
        *_pair("three", "interventions", 80_000, 70_003, turn),
        *_pair("job", "job_entry", 120_000, 110_000, turn),
        *_pair("lasting", "sustained", 150_000, 90_007, turn, weeks=draw(st.integers(1, 8)), hours_a_week=10,
               break_days=draw(st.one_of(st.none(), st.integers(0, 20)))),
        *_pair("earned", "sustained", 60_000, 61_000, turn, earnings_pence=draw(st.integers(1, 90_000)), of="person",
               within_days=draw(st.sampled_from([0, 60]))),
        *_pair("more", "progression", 33_333, 33_334, turn, hours_more=5, pay_bands=(0, 900, 1200)),
    )
    caps = tuple(draw(caps_of(index)) for index in range(more_than))
    limits = (Lateness(draw(st.integers(0, 2)), "late 1", "1", BEGIN, None),) if lateness and draw(st.booleans()) else ()
    needs = (Need("job", JOB_STARTED, "proof 1", "1", BEGIN, None, verified=True, wordings=(Wording(PHRASE, "proof 2", turn),)),
             Need("three", HELP_GIVEN, "proof 3", "1", turn, None, scope="every")) if draw(st.booleans()) else ()
    manners = (Manner(version="1", clause="mean 1", to=turn - timedelta(days=1)),
               Manner(("text", "online"), 20, coach_may_differ=draw(st.booleans()), version="2", clause="mean 2", from_=turn)
               ) if draw(st.booleans()) else ()
    floors = (Floor("floor 1", "1", FIRST + 1, FIRST + 3, FIRST - 1, FIRST, "months with a claim", {LOTS[0]: 123_457}, {LOTS[0]: 2}),)
    return Terms("c", milestones, floors if draw(st.booleans()) else (), caps, limits, needs, manners)


proofs = st.builds(Proof, id=st.integers(0, 99).map(str), proves=st.sampled_from([JOB_STARTED, HELP_GIVEN]), obtained_on=days,
                   wording=st.sampled_from([PHRASE, "", "another wording"]), verified_by=st.sampled_from(["", "m"]))


@st.composite
def periods(draw: st.DrawFn, number: int) -> Period:
    """What became known of a job."""
    first, kind = draw(days), draw(st.sampled_from([IN_WORK, IN_WORK, BREAK, EARNINGS, EARNINGS, CHANGE]))
    last = first + timedelta(days=draw(st.integers(0, 40)))
    return Period(f"p{number}", kind, first, last, draw(st.integers(0, 50_000)) if kind == EARNINGS else 0,
                  draw(st.integers(5, 40)) if kind == CHANGE else None, draw(st.integers(800, 1500)) if kind == CHANGE else None)


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    """Help or a job of one of three people, in one of two lots."""
    who, on, id = draw(st.sampled_from("ABC")), draw(days), str(draw(st.integers(0, 24)))
    lot = LOTS[who == "C"] if draw(st.integers(0, 5)) else draw(st.sampled_from(LOTS))
    counts, proven = draw(st.integers(0, 7)) > 0, tuple(draw(st.lists(proofs, max_size=2)))
    if draw(st.integers(0, 2)):
        return Deed(id, who, lot, "intervention", on, draw(st.integers(0, 4)) > 0, "why", "help", counts, "" if counts else "no record",
                    proven, draw(st.sampled_from(["face to face", "phone", "online", "text"])), draw(st.integers(1, 60)), KINDS[0],
                    draw(st.sampled_from(["", "1", "2"])))
    known = tuple(draw(periods(number)) for number in range(draw(st.integers(0, 4))))
    ended = draw(st.one_of(st.none(), st.integers(0, 90).map(lambda n: on + timedelta(days=n))))
    return Deed(id, who, lot, "job", on, True, "", "job", counts, "" if counts else "no record", proven,
                hours_a_week=draw(st.integers(5, 40)), pay_pence_an_hour=draw(st.one_of(st.none(), st.integers(700, 1500))), ended_on=ended,
                periods=known)


@dataclass
class Turn:
    """What happens between two month ends."""

    arriving: list[Deed]
    deleted: set[str]
    ineligible: set[str]
    is_joined: bool
    terms: Terms | None


turns = st.builds(Turn, arriving=st.lists(deeds(), max_size=7), deleted=st.sets(st.integers(0, 24).map(str), max_size=3),
                  ineligible=st.sets(st.sampled_from("ABC"), max_size=1), is_joined=st.booleans(), terms=st.none())


def turns_with(terms: st.SearchStrategy[Terms | None]) -> st.SearchStrategy[list[Turn]]:
    """Five months, in each of which the contract may be another from then on."""
    each = st.builds(lambda turn, new: replace(turn, terms=new), turns, terms)
    return st.lists(each, min_size=len(MONTHS), max_size=len(MONTHS))


def people(ineligible: Iterable[str] = ()) -> dict[str, Person]:
    """Three people: one out of work at the start, one in work, one who came back."""
    spells = {"A": (Spell("", BEGIN, 0, None, 20),), "B": (Spell("", BEGIN, 12, 900),),
              "C": (Spell("", BEGIN, 8, 850), Spell("c2", date(2020, 5, 10), 16, 900))}
    return {name: Person(name, name, LOTS[0], name not in set(ineligible), "a verdict", None, spells[name]) for name in "ABC"}


def joined(found: Mapping[str, Deed]) -> dict[str, Deed]:
    """B turns out to be A: what was done for B counts for A, in A's lot."""
    return {id: replace(deed, person="A", lot=LOTS[0]) if deed.person == "B" else deed for id, deed in found.items()}


@dataclass
class Ledger:
    """What was sent, and what each claim was worked out from."""

    lines: list[SentLine] = field(default_factory=list)
    claims: list[SentClaim] = field(default_factory=list)
    worked_from: list[tuple[SentClaim, Terms, dict[str, Person], dict[str, Deed], int, int]] = field(default_factory=list)

    def send(self, terms: Terms, lot: str, month: int, who: dict[str, Person], known: dict[str, Deed]) -> ClaimFigures:
        """Drafts and sends a lot's month, and checks what holds of any claim."""
        drafted = figures(terms, lot, lot, month, who, known.values(), self.lines, self.claims)
        top_up = top_up_line(lot, month, drafted.floor) if drafted.floor else None
        own = [*drafted.lines, *([top_up] if top_up else [])]
        assert sum(line.amount_pence for line in own) == drafted.payable_pence
        assert all(line.amount_pence == line.value_pence - line.taken_pence != 0 for line in own)
        assert len({line.claimable for line in own}) == len(own)
        claim = SentClaim(f"{lot} {month} {len(self.claims)}", lot, month, drafted.payable_pence)
        self.worked_from.append((claim, terms, dict(who), dict(known), len(self.lines), len(self.claims)))
        self.lines += [SentLine(line.claimable, line.amount_pence, month, claim.id, line.milestone, line.subject, line.person,
                                line.earned_month, line.rule, line.clause, line.title, line.deeds) for line in own]
        self.claims.append(claim)
        return drafted

    def taken(self) -> Counter[str]:
        """Claimable → what sent claims hold for it; top-ups are nobody's work."""
        held: Counter[str] = Counter()
        for line in self.lines:
            if line.kind != TOP_UP:
                held[line.claimable] += line.amount_pence
        return Counter({key: pence for key, pence in held.items() if pence})

    def usage(self, cap: Cap, places: Mapping[str, Place]) -> dict[str, tuple[int, int]]:
        """Scope → (items, pence) that sent claims hold under a cap."""
        lot_of = {claim.id: claim.lot for claim in self.claims}
        last = {line.claimable: line for line in self.lines if line.kind != TOP_UP}
        found: dict[str, tuple[int, int]] = {}
        for claimable, pence in self.taken().items():
            line = last[claimable]
            month = line.month if line.earned_month is None else line.earned_month
            place = places.get(claimable) or Place(line.kind, line.person, lot_of[line.claim], date(month // 12, month % 12 + 1, 1))
            key = scope(cap, place)
            if key is not None and pence > 0:
                items, sum_ = found.get(key, (0, 0))
                found[key] = (items + 1, sum_ + pence)
        return found


def is_within(cap: Cap, used: tuple[int, int]) -> bool:
    """Whether a cap allows so many items and so much money."""
    return (cap.most is None or used[0] <= cap.most) and (cap.most_pence is None or used[1] <= cap.most_pence)
