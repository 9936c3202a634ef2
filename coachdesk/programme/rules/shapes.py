"""What a programme is made of, as frozen values: bodies, lots with their wards by edition, tenures, members, terms; and the verdict.

Days are dates and both ends of a span belong to it; a missing end means "until further notice" (DOMAIN §6, HOUSE).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

LEAD_PROVIDER = "lead provider"
TENURE_ROLES = (LEAD_PROVIDER, "delivery partner")
MEMBER_ROLES = ("coach", "lead", "compliance", "reader")
BY_RESIDENCE = "eligible by residence"
BY_CONNECTION = "eligible by connection"
NOT_ELIGIBLE = "not eligible"
BY_HAND = "check by hand"
VERDICTS = (BY_RESIDENCE, BY_CONNECTION, NOT_ELIGIBLE, BY_HAND)
SITUATIONS = ("address", "no fixed abode", "refuge")


@dataclass(frozen=True)
class WardPair:
    """A ward as one edition of the postcode file knows it, and the days on which it counts for the lot."""

    ward_code: str
    ward_name: str
    edition: str
    from_: date
    to: date | None = None


@dataclass(frozen=True)
class Inclusion:
    """One postcode taken into a lot by hand, and why; without days it always counts."""

    postcode: str
    reason: str
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True)
class Tenure:
    """A body's time in a lot: as lead provider or delivery partner, with the duties it took on."""

    body: str
    role: str
    from_: date
    to: date | None = None
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Member:
    """Someone who uses the desk: role, the body that employs them, the lots they serve."""

    name: str
    role: str
    employer: str
    lots: tuple[str, ...]
    from_: date
    to: date | None = None


@dataclass(frozen=True)
class LotPlan:
    """A lot: its names, district, wards by edition, postcodes taken in by hand, and who delivers it when."""

    name: str
    aliases: tuple[str, ...]
    district_code: str
    district_name: str
    pairs: tuple[WardPair, ...]
    inclusions: tuple[Inclusion, ...] = ()
    tenures: tuple[Tenure, ...] = ()


@dataclass(frozen=True)
class Body:
    """An organisation that holds a tenure or employs a member."""

    name: str
    kind: str


@dataclass(frozen=True)
class Programme:
    """One contract as its template gives it; `terms` is the raw table, checked in shape (`reading_terms`)."""

    name: str
    contract: str
    controller: str
    processor: str
    retention_years: int
    from_: date
    to: date | None
    bodies: tuple[Body, ...]
    lots: tuple[LotPlan, ...]
    members: tuple[Member, ...]
    terms: dict[str, Any]
    connections: tuple[str, ...]
    scales: tuple[Any, ...] = ()
    network: Any = None


@dataclass(frozen=True)
class Verdict:
    """What was said of an address on a day, and from what; kept as it was said and never recomputed in place.

    `ward_code` and `ward_name` are as `edition` has them. Without a ward, `edition` is the one the sentence speaks of.
    """

    postcode: str | None
    lot: str
    on: date
    verdict: str
    ward_code: str | None
    ward_name: str | None
    edition: str | None
    method: str
    sentence: str
    nearest: str | None = None


class LocatedLike(Protocol):
    """What an edition says of a postcode; `large_user` and `terminated_on` ('YYYY-MM') are read where an edition has them."""

    @property
    def ward_code(self) -> str | None:
        """None where the edition gives the postcode no ward."""

    @property
    def ward_name(self) -> str | None:
        """The ward's name in that edition."""

    @property
    def district_code(self) -> str | None:
        """The district's code, known even without a ward."""

    @property
    def easting(self) -> int | None:
        """Metres east on the National Grid."""

    @property
    def northing(self) -> int | None:
        """Metres north on the National Grid."""


class EditionLike(Protocol):
    """One edition of the postcode file."""

    @property
    def name(self) -> str:
        """`2021.4.0`, or `2021-11`."""

    @property
    def title(self) -> str:
        """As it is read aloud."""

    @property
    def day(self) -> date:
        """The day on which it was published."""

    def lookup(self, postcode: str) -> LocatedLike | None:
        """What it says of a postcode (`B37 5TX`); None where it does not hold it."""

    def covers(self, postcode: str) -> bool:
        """Whether it holds the postcode's area at all."""


class WardBook(EditionLike, Protocol):
    """An edition that can also be asked about its wards."""

    def ward_name(self, ward_code: str) -> str | None:
        """The ward's name; None where it has no such ward."""

    def centre_of(self, ward_codes: Iterable[str]) -> tuple[int, int] | None:
        """Mean easting and northing of the wards' postcodes; None where it has none."""


class LooksUp(Protocol):
    """The shelf of editions, for a verdict."""

    def edition(self, name: str) -> EditionLike | None:
        """One by its name or an alias of it, or None where it is not on this device."""


class KnowsWards(Protocol):
    """The shelf of editions, for checking wards and finding a lot's middle."""

    def edition(self, name: str) -> WardBook | None:
        """One by its name or an alias of it, or None where it is not on this device."""


class Dated(Protocol):
    """Anything with a first and a last day, each of which may be missing."""

    @property
    def from_(self) -> date | None:
        """The first day."""

    @property
    def to(self) -> date | None:
        """The last day."""


D = TypeVar("D", bound=Dated)


def in_force(things: Iterable[D], on: date) -> tuple[D, ...]:
    """Those whose span holds the day; both ends belong to the span."""
    return tuple(each for each in things if (each.from_ is None or each.from_ <= on) and (each.to is None or on <= each.to))


def overlap(one: Dated, other: Dated) -> bool:
    """Whether two spans share a day."""
    first, second = one.from_ or date.min, other.from_ or date.min
    return first <= (other.to or date.max) and second <= (one.to or date.max)


def tenures_on(lot: LotPlan, on: date) -> tuple[Tenure, ...]:
    """Who delivers the lot on a day, the lead provider first; empty between two providers."""
    return tuple(sorted(in_force(lot.tenures, on), key=lambda each: TENURE_ROLES.index(each.role)))
