"""Several records of one person: which one leads (SYNC.md section 3, same_as: union-find, the lowest id leads)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID


def leaders_of(joined: Iterable[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """Every led record → the lowest id of its group, from pairs in any order; records that lead are not among the keys."""
    above: dict[UUID, UUID] = {}

    def top(one: UUID) -> UUID:
        while one in above:
            one = above[one]
        return one

    for one, other in joined:
        low, high = sorted((top(one), top(other)), key=lambda each: each.bytes)
        if low != high:
            above[high] = low
    return {one: top(one) for one in above}
