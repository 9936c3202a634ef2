"""What the referrals' screen reads in one go: which rows each of its views shows, and the first of them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coachdesk.programme import queries as programme
from coachdesk.referral import queries, rules
from coachdesk.referral.queries import ReferralRow
from coachdesk.ui.parts.row_model import BLOCK, Column

AWAITING, IN, ALL, RECIPROCITY = "awaiting", "in", "all", "reciprocity"
ONE_WAY = "referral.one_way"            # a partner with whom traffic goes one way, as Today asks for it
PAPERS = {                              # title and file name of what the ledger prints
    "reciprocity": ("Reciprocity ledger", "reciprocity"), "own-provision": ("Kept in-house", "own-provision"),
    "reciprocity-partner": ("Our referrals with you", "our-referrals"),
}
COLUMNS = (
    Column("Person", "participant", 0, private=True),
    Column("Way", "direction", 7, show=lambda way: "to" if way == rules.OUT else "from"),
    Column("Partner", "partner", 0),
    Column("Made", "made_on", 13),
    Column("Reply expected", "reply_due_on", 14),
    Column("Waiting", "days_waiting", 9, "right", show=lambda days: "" if days is None else f"{days} day{'' if days == 1 else 's'}"),
    Column("Now", "says", 22),
)
EMPTY = {
    AWAITING: "Nothing waits for a reply. Send somebody to a partner with Ctrl+N.",
    IN: "Nobody was referred to you yet. When a partner rings, write it down with Ctrl+Shift+N.",
    ALL: "No referrals yet. Send somebody to a partner with Ctrl+N.",
}



@dataclass(frozen=True, slots=True)
class Book:
    """The referrals of the lot that is looked at by the keys of each view, the first rows of each, and the lots as (id, name).

    wanted: the key and the lot of the referral that is asked for.
    """

    found: queries.Book
    first: dict[str, tuple[ReferralRow, ...]]
    lots: tuple[tuple[UUID, str], ...]
    wanted: tuple[int, UUID] | None = None

    def of(self, view: str) -> array[int]:
        """The rows of one view by their keys, the longest overdue first."""
        return {AWAITING: self.found.waiting, IN: self.found.received, ALL: self.found.every}.get(view, array("q"))

    def sentence(self) -> str:
        """The line under the title."""
        found = self.found
        return (
            f"{len(found.waiting):,} awaiting a reply, {found.ours:,} of them from us, {found.overdue:,} overdue; "
            f"{found.sent:,} sent and {len(found.received):,} received in all."
        )


def read_book(session: Any, lot: UUID | None, wanted: UUID | None = None) -> Book:
    """One read of the store; `lot` None shows every lot's."""
    found = queries.book(session, lot=lot)
    views = {AWAITING: found.waiting[:BLOCK], IN: found.received[:BLOCK], ALL: found.every[:BLOCK]}
    keys = array("q", dict.fromkeys(key for some in views.values() for key in some))
    rows = dict(zip(keys, queries.referral_rows(session, keys), strict=True))
    first = {view: tuple(rows[key] for key in some) for view, some in views.items()}
    return Book(found, first, tuple(programme.lot_names(session).items()), queries.key_of(session, wanted) if wanted is not None else None)
