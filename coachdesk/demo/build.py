"""Builds the sample store: day after day, lot after lot, each deed by the room's own action in the name of who did it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from coachdesk.claim import actions as claim_actions
from coachdesk.clock import FixedDay, first_day, last_day, month_of, month_words
from coachdesk.demo import capability, closing, deeds, directory, employers, handing, network, outreach, plans, traffic
from coachdesk.demo.plan import FIRST_DAY, LAST_DAY, PROMISED_IN_MAY, STARTS_IN_MAY, Draw, LotFacts, Person, following, in_force, shares
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.programme import actions as programme_actions
from coachdesk.programme import queries as programme_queries
from coachdesk.programme import rules as programme_rules
from coachdesk.settings import Places

SAMPLE_DAY = date(2020, 7, 15)
PEOPLE = 220
OWNER = "Robin Ashdown"
LAST_CLAIM = month_of(date(2020, 6, 1))


class Parts(Protocol):
    """What the composition root hands over."""

    @property
    def places(self) -> Places:
        """The user's folders."""

    def make_store(self, path: Path, secret: str, owner: str, template: str, *, sample_day: date | None = None) -> tuple[str, list[str]]:
        """Makes a store from a template."""

    def open_store(self, path: Path, secret: str) -> Any:
        """Opens a store with its shelf of editions."""


@dataclass(frozen=True)
class Made:
    """What was built. recovery_code is None for a sample that was there already."""

    people: int
    recovery_code: str | None


def prepare(parts: Parts, path: Path, secret: str, *, people: int | None, seed: int, note: Callable[[str], None]) -> Made:
    """Builds the sample store at a path, or takes the one that is there. Refusal when what is there is a real desk."""
    if path.exists():
        store = parts.open_store(path, secret)
        try:
            if store.desk.sample_day is None:
                raise Refusal(f"{path.name} is a real desk, not the sample programme.", "Choose another name. Nothing was changed.")
            note(f"The sample programme in {path.name} is used as it is; give another name for a new one.")
            with store.read() as session:
                return Made(len(participant_queries.participants(session)), None)
        finally:
            store.close()
    note("Building the sample programme: nine lots, October 2018 to July 2020. This takes about half a minute.")
    path.parent.mkdir(parents=True, exist_ok=True)
    code, _ = parts.make_store(path, secret, OWNER, "connecting-communities", sample_day=SAMPLE_DAY)
    store = parts.open_store(path, secret)
    try:
        count = _Builder(store, Draw(seed), PEOPLE if people is None else max(people, 1)).build()
    finally:
        store.close()
    return Made(count, code)


class _Builder:
    """Collects the deeds of every day, then does them in order."""

    def __init__(self, store: Any, draw: Draw, people: int) -> None:
        self.store, self.draw, self.people = store, draw, people
        self._days: dict[date, list[tuple[str, str, deeds.Deed]]] = {}
        with store.read() as session:
            self.lots = programme_queries.lot_names(session)
            self.members = programme_queries.members(session)
            self.facts = {name: self._facts(session, lot, name) for lot, name in self.lots.items()}
        self.ids = {name: lot for lot, name in self.lots.items()}

    def _facts(self, session: Any, lot: UUID, name: str) -> LotFacts:
        plan = programme_queries.plan(session, lot)
        shelf = programme_queries.shelf_of(session)
        inside: list[str] = []
        outside: list[str] = []
        wards: list[tuple[str, int]] = []
        for pair in programme_rules.in_force(plan.pairs, SAMPLE_DAY):
            edition = shelf.edition(pair.edition)
            if edition is not None:
                here = list(edition.postcodes_in(pair.ward_code))
                inside += here
                wards.append((pair.ward_code, len(here)))
                others = sorted(
                    code for code, (_, district) in edition.wards().items() if district == plan.district_code and code != pair.ward_code
                )
                outside += [postcode for code in others[:2] for postcode in edition.postcodes_in(code)]
        spans = [
            (max(held.from_, FIRST_DAY), min(held.to or LAST_DAY, LAST_DAY))
            for held in plan.tenures
            if held.role == programme_rules.LEAD_PROVIDER
        ]
        return LotFacts(
            name,
            sorted(inside),
            sorted(set(outside) - set(inside)),
            [span for span in spans if span[0] < span[1]],
            programme_queries.connections(session),
            tuple(wards),
            tuple(
                (each.id, each.from_day, each.to_day or date.max) for each in self.members if each.role == "coach" and name in each.lots
            ),
        )

    def build(self) -> int:
        """Plans everything, then writes it day by day; answers how many people there are."""
        count = 0
        for name, number in shares(sorted(self.facts), self.people).items():
            lot = self.facts[name]
            scene = outreach.Scene(self.ids[name], name, lot)
            outreach.furnish(self._at, scene, self.draw)
            directory.furnish(self._at, scene)
            network.furnish(self._at, scene)
            traffic.furnish(self._at, scene)
            capability.furnish(self._at, scene)
            employers.furnish(self._at, scene)
            for at in range(number):
                promised = name in PROMISED_IN_MAY and at < STARTS_IN_MAY
                self._person(scene, lot, self.draw.person(lot, sure=promised), date(2020, 5, 4 + 3 * at) if promised else None)
                count += 1
        self._claims()
        staying = [each for each in self.members if each.role == "coach" and (each.to_day is None or each.to_day >= SAMPLE_DAY)]
        coaches = {name: [each.id for each in staying if name in each.lots] for name in self.ids}
        closing.plan(self._at, self.ids, coaches, FIRST_DAY)
        handing.plan(self._at, self.members, SAMPLE_DAY)
        self._at(FIRST_DAY, next(iter(self.ids)), "How partners reach the coaches", self._reach)
        self._write()
        return count

    def _reach(self, session: Any) -> None:
        """A number of those that Ofcom keeps for stories, for each coach."""
        for at, each in enumerate(each for each in self.members if each.role == "coach"):
            programme_actions.set_reach(session, each.id, reach=f"0121 496 {600 + at:04}")

    def _at(self, on: date, lot: str, reason: str, deed: deeds.Deed) -> None:
        self._days.setdefault(on, []).append((lot, reason, deed))

    def _person(self, scene: outreach.Scene, lot: LotFacts, person: Person, on: date | None) -> None:
        registered = on or self.draw.registration(lot)
        self._at(registered, lot.name, "Register a participant", deeds.register(scene, person, registered, self.draw))
        course = [(registered, "help")] if on else []
        last = registered
        for day, what in [*course, *following(self.draw, registered)]:
            if day <= LAST_DAY and in_force(lot.spans, day) and day >= registered:
                self._at(day, lot.name, *deeds.step(person, what, day, self.draw))
                last = max(last, day)
        deeds.loose_ends(self._at, scene, person, last, self.draw)
        plans.follow(self._at, lot.name, person, registered, last, SAMPLE_DAY)

    def _claims(self) -> None:
        """Each month of each lot: drafted and sent on the third, paid on the twentieth of the month after."""
        for name, lot in self.facts.items():
            for month in range(month_of(FIRST_DAY), LAST_CLAIM + 1):
                if in_force(lot.spans, last_day(month)) or in_force(lot.spans, first_day(month)):
                    on = first_day(month + 1) + timedelta(days=2)
                    self._at(on, name, f"Draft and send the claim for {month_words(month)}", _Claim(self.ids[name], month, pay=False))
                    if on.replace(day=20) < SAMPLE_DAY:
                        self._at(on.replace(day=20), name, f"Payment for {month_words(month)}", _Claim(self.ids[name], month, pay=True))

    def _write(self) -> None:
        order = {"Add": 0, "Register": 2, "Agree": 2, "Draft": 3, "Payment": 4}
        for on in sorted(self._days):
            self.store.clock = FixedDay(on)
            for lot, reason, deed in sorted(self._days[on], key=lambda each: order.get(each[1].split(" ")[0], 1)):
                role = getattr(deed, "role", "lead" if isinstance(deed, (_Claim, handing.HandOver)) else "coach")
                actor = getattr(deed, "by", None) or self._actor(lot, on, role)
                if actor is not None:
                    with self.store.change(actor, reason, lasting=isinstance(deed, _Claim) and not deed.pay) as session:
                        deed(session)
        self.store.clock = FixedDay(SAMPLE_DAY)

    def _actor(self, lot: str, on: date, role: str) -> UUID | None:
        there = [
            each
            for each in self.members
            if each.role == role and lot in each.lots and each.from_day <= on and (each.to_day is None or on <= each.to_day)
        ]
        if not there and role == "lead":
            there = [each for each in self.members if each.role == role and lot in each.lots]
        return there[on.toordinal() // 7 % len(there)].id if there else None


class _Claim:
    """Draft and send a month's claim, or write down that it was paid."""

    def __init__(self, lot: UUID, month: int, *, pay: bool) -> None:
        self.lot, self.month, self.pay = lot, month, pay
        self._made: dict[str, UUID] = {}

    def __call__(self, session: Any) -> None:
        from coachdesk.claim import queries

        if self.pay:
            row = next(
                each for each in queries.claims(session, lot=self.lot) if each.month == f"{self.month // 12:04d}-{self.month % 12 + 1:02d}"
            )
            claim_actions.mark_paid(session, row.id, amount=row.payable_pence - closing.rejected_pence(session, row.id))
        else:
            claim_actions.send(session, claim_actions.draft(session, lot=self.lot, month=self.month))
