"""What is said of a postcode that an edition does not hold, or holds as closed: none of it settles where somebody lives.

No publisher says which postcodes straddle a ward boundary: Code-Point Open, ONSPD and NSPL give each postcode one ward, that of its middle
or of most of its addresses. Code-Point Open holds live postcodes without their kind; ONSPD and NSPL hold closed ones and large users too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from coachdesk.clock import month_from_text, month_words
from coachdesk.programme.rules.pairs import edition_title

ONE_WARD = "An edition gives each postcode one ward; near a ward boundary some of its addresses may lie in the next one."


def not_held(postcode: str, edition: Any, shelf: Iterable[Any]) -> str:
    """Why an edition may not hold a postcode, as far as the other editions at hand tell: new since, gone before, or nobody knows."""
    title = edition_title(edition)
    known = [(other, located) for other in shelf if other.name != edition.name and (located := other.lookup(postcode)) is not None]
    later = next(((other, located) for other, located in known if other.day > edition.day), None)
    if later is not None:
        return f"{postcode} is not in {title}: it is new since this edition. {edition_title(later[0])} has it {_where(later[1])}."
    earlier = next(((other, located) for other, located in reversed(known) if other.day <= edition.day), None)
    if earlier is not None:
        return f"{postcode} is no longer in {title}; {edition_title(earlier[0])} still had it {_where(earlier[1])}."
    return f"{postcode} is not in {title}; it may be new since this edition, or mistyped."


def closed_words(terminated_on: str) -> str:
    """`ended in April 2019`."""
    return f"ended in {month_words(month_from_text(terminated_on))}"


def shelf_of(editions: Any) -> tuple[Any, ...]:
    """Every edition at hand, oldest first, where a shelf can say so."""
    listed = getattr(editions, "editions", None)
    return tuple(sorted(listed(), key=_day)) if listed is not None else ()


def _day(edition: Any) -> date:
    day: date = edition.day
    return day


def _where(located: Any) -> str:
    return f"in {located.ward_name or located.ward_code} ward" if located.ward_code else "without a ward"
