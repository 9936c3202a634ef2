"""Claims of a team whose laptops meet in a folder: nothing is claimed twice and nothing is lost, whoever sends, however late work arrives.

Two leads and a coach; the commissioner keeps every receipt. Before a lead sends, the human step of SYNC.md section 8: which receipt of
ours do you hold last? What is not known here is loaded from its file first. `--claim-histories N` runs more of them.
"""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from coachdesk.activity import actions as activity
from coachdesk.activity.record import Intervention
from coachdesk.claim import actions, queries
from coachdesk.claim.queries.shown import fresh
from coachdesk.claim.record import Claim
from coachdesk.claim.rules import receipts
from coachdesk.clock import month_of, month_text
from coachdesk.errors import Refusal
from coachdesk.programme import queries as programme
from coachdesk.store import contest, opening
from coachdesk.store.session import Store
from coachdesk.sync import joining, shelf, team
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import turn
from tests.rooms.conftest import desk_template  # noqa: F401  a fixture
from tests.rooms.people import enrol
from tests.sync.conftest import CHEAP, PASSPHRASE
from tests.sync.disk import ROOT, Disk

FIRST = date(2019, 10, 7)


class Calendar:
    """The day that all laptops have; each look takes a millisecond."""

    def __init__(self) -> None:
        self.at = datetime(2019, 10, 7, 9, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def today(self) -> date:
        return self.at.date()


class Programme:
    """Two leads, a coach, a folder, and a commissioner who keeps receipts by lot."""

    def __init__(self, root: Path, template: tuple[Path, bytes, UUID], dice: random.Random) -> None:
        self.root, self.dice, self.clock, self.disk = root, dice, Calendar(), Disk()
        self.folder = Folder(Path(ROOT), files=self.disk, sleep=lambda _seconds: None)
        shutil.copytree(template[0], root / "a")
        lead = opening.open_store(root / "a" / "desk.coachdesk", template[1], self.clock)
        lead.desk = replace(lead.desk, owner=template[2])
        with shelf.writing(lead) as connection:
            lead.desk.save(connection)
        team.create(lead, self.folder)
        self.stores = [lead]
        for name, role in (("Second Lead", "lead"), ("Carl Coach", "coach")):
            joined = joining.join(self.folder, root / name / "desk.coachdesk", PASSPHRASE, name, self.clock, cost=CHEAP)
            turn(lead, self.folder)
            team.admit(lead, self.folder, joined.words, name=name, role=role)
            self.stores.append(joined.store)
        self.sync_all()
        with lead.read() as session:
            self.lot = next(id for id, name in programme.lot_names(session).items() if name == "Shard End")
        self.people = [lead.act(lead.desk.owner, "Registered", partial(enrol, lot=self.lot, name=name, registered_on=FIRST)).result
                       for name in ("Ann", "Bo", "Cay")]
        self.sync_all()
        self.receipts: list[bytes] = []             # what the commissioner holds
        self.backup: Path | None = None
        self.late = False                           # the coach's laptop does not reach the folder

    def sync_all(self) -> None:
        for _round in range(2):
            for store in self.stores:
                turn(store, self.folder)

    def close(self) -> None:
        for store in self.stores:
            store.close()

    def helps(self, store: Store) -> None:
        """Work on one of the last eighty days."""
        day = max(FIRST, self.clock.today() - timedelta(days=self.dice.randint(0, 80)))
        person = self.dice.choice(self.people)
        self._try(store, lambda s: activity.log_intervention(s, participant=person, happened_on=day, minutes=40, mode="face to face",
                                                             kind="CV & job search"))

    def corrects(self, store: Store) -> None:
        with store.read() as session:
            ids = list(session.scalars(sa.select(Intervention.id).order_by(Intervention.id)))
        if not ids:
            return
        one = self.dice.choice(ids)
        if self.dice.random() < 0.5:
            self._try(store, lambda s: activity.remove_intervention(s, one, why="written twice"))
        else:
            self._try(store, lambda s: activity.change_intervention(s, one, minutes=self.dice.choice([5, 20, 40]), why="as it was"))

    def _try(self, store: Store, action: Callable[[Any], object]) -> bool:
        try:
            store.act(store.desk.owner, "work", action)
        except Refusal:
            return False
        return True

    def claims(self, lead: Store) -> None:
        """A lead's month end: the question to the commissioner, the receipts that are not known here, the draft, and the sending."""
        for content in self.receipts:
            if not self._try(lead, lambda s, content=content: actions.load_receipt(s, content)):
                return                              # people in it have not arrived: sync first
        held = receipts.read(self.receipts[-1])["number"] if self.receipts else 0
        month = month_of(self.clock.today()) - self.dice.randint(0, 1)
        try:
            made = lead.act(lead.desk.owner, "Draft", lambda s: actions.draft(s, lot=self.lot, month=month_text(month))).result
            if self.dice.random() < 0.2:
                return                              # a draft that stays lying
            lead.act(lead.desk.owner, "Send", lambda s: actions.send(s, made, last_receipt=held), lasting=True)
        except Refusal:
            return
        with lead.read() as session:
            self.receipts.append(receipts.file_bytes(queries.receipt(session, made)))

    def sends_an_old_draft(self, lead: Store) -> None:
        held = receipts.read(self.receipts[-1])["number"] if self.receipts else 0
        with lead.read() as session:
            drafts = list(session.scalars(sa.select(Claim.id).where(Claim.status == "draft").order_by(Claim.id)))
        for one in drafts[:1]:
            if self._try(lead, partial(actions.send, id=one, last_receipt=held)):
                with lead.read() as session:
                    self.receipts.append(receipts.file_bytes(queries.receipt(session, one)))

    def keeps(self) -> None:
        self.backup = self.root / "backup"
        self._swap(lambda: (shutil.rmtree(self.backup, ignore_errors=True), shutil.copytree(self.root / "a", self.backup)))

    def restores(self) -> None:
        """The first lead's laptop is set back to its backup: it has forgotten what it sent since."""
        if self.backup is not None:
            self._swap(lambda: (shutil.rmtree(self.root / "a"), shutil.copytree(self.backup, self.root / "a"),
                                (self.root / "a" / "desk.coachdesk.lineage").unlink()))

    def _swap(self, between: Callable[[], object]) -> None:
        path, key = self.stores[0].path, self.stores[0].key
        self.stores[0].close()
        between()
        self.stores[0] = opening.open_store(path, key, self.clock)

    def must_be_exact(self) -> None:
        """The commissioner's receipts are one chain; what they took and what the next claim asks for is what the work is worth."""
        held = [receipts.read(content) for content in self.receipts]
        assert [one["number"] for one in held] == list(range(1, len(held) + 1))
        for before, after in zip(held, held[1:], strict=False):
            assert after["previous"]["sha256"] == before["sha256"]
        took: dict[str, int] = defaultdict(int)
        for one in held:
            for line in one["lines"]:
                took[line["claimable"]] += line["amount_pence"]
        for lead in self.stores[:2]:
            for content in self.receipts:
                lead.act(lead.desk.owner, "Load", lambda s, content=content: actions.load_receipt(s, content))
        self.sync_all()
        self.sync_all()
        digests = {store.check().digest for store in self.stores}
        assert len(digests) == 1 and all(store.check().is_sound for store in self.stores)
        for lead in self.stores[:2]:
            with lead.read() as session:
                worked = fresh(session, self.lot, month_of(self.clock.today()) + 1).figures
            next_claim = {line.claimable: line for line in worked.lines}
            for claimable, line in next_claim.items():
                assert line.taken_pence == took[claimable], claimable
            for claimable, pence in took.items():
                if claimable in next_claim:
                    assert pence + next_claim[claimable].amount_pence == next_claim[claimable].value_pence


def run(root: Path, template: tuple[Path, bytes, UUID], seed: int) -> Programme:
    """One history of five months; answers it, settled and exact."""
    dice = random.Random(seed)
    world = Programme(root, template, dice)
    for _step in range(70):
        world.clock.at += timedelta(days=dice.choice([0, 1, 2, 5]), hours=1)
        what = dice.random()
        store = dice.choice(world.stores)
        if what < 0.4:
            world.helps(store)
        elif what < 0.52:
            world.corrects(store)
        elif what < 0.72:
            if not (world.late and store is world.stores[2]):
                turn(store, world.folder)
        elif what < 0.76:
            world.late = not world.late
        elif what < 0.88:
            world.claims(dice.choice(world.stores[:2]))
        elif what < 0.92:
            world.sends_an_old_draft(dice.choice(world.stores[:2]))
        elif what < 0.96:
            world.keeps()
        else:
            world.restores()
    world.sync_all()
    world.must_be_exact()
    return world


@pytest.mark.parametrize("is_draft_known", [False, True])
def test_a_claim_loaded_from_its_receipt_is_whole_again_once_the_claim_itself_arrives(
    is_draft_known: bool, desk_template: tuple[Path, bytes, UUID], tmp_path: Path  # noqa: F811  the rooms' own
) -> None:
    world = Programme(tmp_path, desk_template, random.Random(16))
    first, second, _coach = world.stores
    for _week in range(6):
        world.clock.at += timedelta(days=7)
        first.act(first.desk.owner, "Helped", lambda s: activity.log_intervention(
            s, participant=world.people[0], happened_on=world.clock.today(), minutes=40, mode="face to face", kind="CV & job search"))
    made = first.act(first.desk.owner, "Draft", lambda s: actions.draft(s, lot=world.lot, month="2019-10")).result
    if is_draft_known:
        world.sync_all()
    first.act(first.desk.owner, "Send", lambda s: actions.send(s, made, last_receipt=0), lasting=True)
    with first.read() as session:
        held = receipts.file_bytes(queries.receipt(session, made))
        assert receipts.read(held)["lines"]
    second.act(second.desk.owner, "Load", lambda s: actions.load_receipt(s, held))
    world.sync_all()
    for store in world.stores:
        with store.read() as session:
            assert contest.count(session) == 0
            assert session.get(Claim, made).status == "sent"
            assert queries.rerun(session, made)
    assert len({store.check().digest for store in world.stores}) == 1
    world.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many histories as were asked for; no. 16 once found a claim that went back to being a draft."""
    if "history" in metafunc.fixturenames:
        number = metafunc.config.getoption("--claim-histories")
        metafunc.parametrize("history", [1, 16] if number is None else range(1, number + 1))


def test_nothing_is_claimed_twice_and_nothing_is_lost(
    desk_template: tuple[Path, bytes, UUID], tmp_path: Path, history: int  # noqa: F811  the rooms' own
) -> None:
    world = run(tmp_path, desk_template, history)
    world.close()
