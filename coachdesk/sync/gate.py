"""What this laptop's role in the team may not write is refused when it is saved: every other laptop would set it aside."""

from __future__ import annotations

from coachdesk.errors import Refusal
from coachdesk.store.session import Store
from coachdesk.sync import shelf
from coachdesk.sync.membership import LEAD, LEADS_ONLY


def refusal(store: Store, table: str) -> Refusal | None:
    """Why a record of this table may not be saved on this laptop; None where it may, as on a desk that shares with nobody."""
    if table not in LEADS_ONLY:
        return None
    with shelf.reading(store) as connection:
        ring = shelf.ring(connection)
    if not ring.founding or ring.members.role_of(store.desk.device) == LEAD:
        return None
    what = "Claims are" if table.startswith("claim") else "Lots, the contract and who is in the team are"
    return Refusal(f"{what} written on a lead's laptop only, and this one is a coach's.",
                   "Ask the team's lead to do it, or to make this a lead's laptop. Nothing was changed.")
