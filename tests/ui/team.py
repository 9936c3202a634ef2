"""A second laptop for tests of windows: a real store that joined the team of the desk in front, and the folder between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions as participant
from coachdesk.partner import actions as partner
from coachdesk.programme import queries as programme
from coachdesk.store.session import Store
from coachdesk.sync import joining, team
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import Report, turn
from coachdesk.ui.cards.desk import Desk
from tests.rooms.conftest import TODAY

PASSPHRASE = "four plain words here"
NAME = "Amina Yusuf"


class Other:
    """Somebody else's laptop and the shared folder, seen from the desk in front."""

    def __init__(self, desk: Desk, root: Path) -> None:
        self.desk, self.shared = desk, root / "shared"
        self.shared.mkdir()
        self.folder = Folder(self.shared)
        self.code = team.create(desk.store, self.folder)
        self.person, self.contact = self._furnish()
        turn(desk.store, self.folder)
        joined = joining.join(self.folder, root / "other" / "amina.coachdesk", PASSPHRASE, NAME, desk.parts.clock, cost=desk.parts.cost)
        self.store: Store = joined.store
        team.admit(desk.store, self.folder, joined.words, name=NAME)
        turn(desk.store, self.folder)
        turn(self.store, self.folder)

    def _furnish(self) -> tuple[UUID, UUID]:
        def make(session: Any) -> tuple[UUID, UUID]:
            lot = next(iter(programme.lot_names(session)))
            library = partner.add_partner(session, name="Shard End Library", kind="library", lots=[programme.lot_name(session, lot)],
                                          reply_days=3)
            venue = partner.add_venue(session, partner=library, lot=lot, name="Shard End Library", postcode="B34 7AA")
            met = outreach.open_session(session, venue=venue, kind="food bank")
            contact = outreach.log_contact(session, session_id=met, name="Zoë Kowalska", follow_up_on=TODAY)
            person = participant.register(session, name="Łukasz Nowak", lot=lot, postcode="B34 7AA", phone="0121 496 0101")
            return person, contact

        made: tuple[UUID, UUID] = self.desk.store.act(self.desk.owner, "Furnish", make).result
        return made

    def act(self, action: Any, reason: str = "Changed elsewhere") -> Any:
        """An action on the other laptop."""
        return self.store.act(self.store.desk.owner, reason, action).result

    def here(self, action: Any, reason: str = "Changed here") -> Any:
        """An action on the desk in front, past its window."""
        return self.desk.store.act(self.desk.owner, reason, action).result

    def meet(self, rounds: int = 2) -> Report:
        """Both laptops sync; the last report of the desk in front."""
        for _ in range(rounds):
            turn(self.store, self.folder)
            report = turn(self.desk.store, self.folder)
        return report

    def tear(self) -> None:
        """Two telephone numbers, a postcode beside a name, and a contact who was deleted and written on."""
        self.act(lambda session: participant.change_details(session, self.person, phone="0121 496 0202"), "Correct details")
        self.here(lambda session: participant.change_details(session, self.person, phone="0121 496 0303"), "Correct details")
        self.act(lambda session: outreach.remove_contact(session, self.contact), "Remove a contact")
        self.here(lambda session: outreach.change_contact(session, self.contact, phone="0121 496 0404"), "Correct a contact")
        self.meet()
