"""What tests of feeds share: a small feed of our own, a comparison of JSON that does not mind order, and the way in and out."""

from __future__ import annotations

import copy
import json
from collections.abc import Generator
from decimal import Decimal
from pathlib import Path
from typing import Any

from coachdesk.exchange.open_referral import coming_in, feed, going_out, mapping
from coachdesk.exchange.open_referral.reading import read_bytes
from coachdesk.exchange.open_referral.report import Report
from tests.rooms.conftest import RoomDesk

DATA = Path(__file__).with_name("data")


def small_feed() -> Any:
    """The page of two services: every number as it is written."""
    return read_bytes((DATA / "two_services.json").read_bytes())


def one_service(**changed: Any) -> Any:
    """The first service of the small feed, with other words; None takes a field away."""
    doc = copy.deepcopy(small_feed()["contents"][0])
    doc.update(changed)
    return {key: value for key, value in doc.items() if value is not None or key not in changed}


def finished(work: Generator[Any, None, Report]) -> Report:
    """A long action to its end."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Report = end.value
            return found


def written(document: Any) -> bytes:
    """JSON as a file holds it."""
    return mapping.packed(document).encode()


def bring(desk: RoomDesk, document: Any, *, lots: list[str] | None = None) -> Report:
    """A document as a file that comes in."""
    return finished(coming_in.bring_in(desk.store, desk.owner, feed.feed_of(read_bytes(written(document)), "feed.json"), lots))


def given(desk: RoomDesk, form: str = going_out.SERVICES) -> Any:
    """What goes out, read again as a stranger would."""
    return read_bytes(written(desk.see(lambda s: going_out.export(s, form=form))))


def by_id(docs: list[Any]) -> dict[str, Any]:
    """Objects by their ids."""
    return {each["id"]: each for each in docs}


def lost(one: Any, other: Any, path: str = "$") -> list[str]:
    """Paths of what stands in one and not, or differently, in the other; lists in any order, more in the other is no loss."""
    if isinstance(one, dict):
        if not isinstance(other, dict):
            return [path]
        return [found for key, value in one.items()
                for found in (lost(value, other[key], f"{path}.{key}") if key in other else [f"{path}.{key}"])]
    if isinstance(one, list):
        if not isinstance(other, list) or len(other) < len(one):
            return [path]
        left = [*other]
        for at, each in enumerate(one):
            fits = next((rest for rest in left if not lost(each, rest)), None)
            if fits is None:
                return lost(each, left[0], f"{path}[{at}]")
            left.remove(fits)
        return []
    numbers = (int, Decimal, float)
    if isinstance(one, numbers) and isinstance(other, numbers) and isinstance(one, bool) == isinstance(other, bool):
        return [] if one == other else [path]
    return [] if type(one) is type(other) and one == other else [path]


def as_text(document: Any) -> str:
    """For a test that shows what it has."""
    return json.dumps(document, default=str, indent=1)
