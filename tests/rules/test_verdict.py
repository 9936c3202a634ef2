"""The verdict by its rules, on a small made-up shelf of editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.programme.rules import (
    BY_CONNECTION,
    BY_HAND,
    BY_RESIDENCE,
    NOT_ELIGIBLE,
    VERDICTS,
    Inclusion,
    LotPlan,
    Programme,
    Verdict,
    WardPair,
    accepted_connection,
    check_pairs,
    in_force,
    lot_centres,
    verdict,
)

DAY = date(2020, 5, 12)
HOME = "B37 5TX"
CONNECTIONS = ("works in the ward", "child at school in the ward")


@dataclass(frozen=True)
class Spot:
    """What the small edition says of a postcode."""

    ward_code: str | None
    ward_name: str | None = None
    district_code: str | None = "E08000029"
    easting: int | None = 1000
    northing: int | None = 1000
    large_user: bool | None = None
    terminated_on: str | None = None


@dataclass(frozen=True)
class Book:
    """A small edition."""

    name: str
    spots: Mapping[str, Spot]
    areas: tuple[str, ...] = ("B",)
    day: date = date(2021, 9, 20)

    @property
    def title(self) -> str:
        return f"Code-Point Open {self.name}"

    def lookup(self, postcode: str) -> Spot | None:
        return self.spots.get(postcode)

    def covers(self, postcode: str) -> bool:
        return postcode.startswith(self.areas)

    def ward_name(self, ward_code: str) -> str | None:
        return next((spot.ward_name for spot in self.spots.values() if spot.ward_code == ward_code), None)

    def centre_of(self, ward_codes: Iterable[str]) -> tuple[int, int] | None:
        wanted = set(ward_codes)
        return next(((spot.easting or 0, spot.northing or 0) for spot in self.spots.values() if spot.ward_code in wanted), None)


@dataclass
class Books:
    """A small shelf."""

    books: list[Book] = field(default_factory=list)

    def edition(self, name: str) -> Book | None:
        return next((book for book in self.books if book.name == name), None)

    def editions(self) -> tuple[Book, ...]:
        return tuple(self.books)


def pair(code: str = "E05000001", edition: str = "2021.4.0", from_: date = date(2018, 5, 3), to: date | None = None) -> WardPair:
    return WardPair(code, "Wood", edition, from_, to)


def lot(*pairs: WardPair, name: str = "Wood", inclusions: tuple[Inclusion, ...] = ()) -> LotPlan:
    return LotPlan(name, (), "E08000029", "Solihull", pairs, inclusions)


def shelf(spot: Spot | None, edition: str = "2021.4.0") -> Books:
    return Books([Book(edition, {} if spot is None else {HOME: spot})])


HERE, THERE = Spot("E05000001", "Wood"), Spot("E05000002", "Field")


def test_an_address_in_the_ward_counts_and_the_sentence_names_edition_and_day() -> None:
    said = verdict(lot(pair()), "b375tx", DAY, shelf(HERE))
    assert (said.verdict, said.method, said.ward_code, said.edition, said.postcode) == (BY_RESIDENCE, "ward", "E05000001", "2021.4.0", HOME)
    assert said.sentence == "B37 5TX is in Wood ward, which counts for the Wood lot (Code-Point Open 2021.4.0, 20 September 2021)."


def test_an_address_elsewhere_does_not_count_and_the_nearest_lot_is_named() -> None:
    near, far = lot(pair("E05000003"), name="Near"), lot(pair("E05000004"), name="Far")
    said = verdict(lot(pair()), HOME, DAY, shelf(THERE), [lot(pair()), near, far],
                   centres={"Near": (1500, 1000), "Far": (9000, 9000), "Wood": (3000, 3000)})
    assert (said.verdict, said.nearest, said.ward_name) == (NOT_ELIGIBLE, "Near", "Field")
    assert "Field ward, which is not part of the Wood lot" in said.sentence and "The nearest lot is Near." in said.sentence


def test_the_lot_whose_own_ward_it_is_goes_before_a_nearer_one() -> None:
    own, near = lot(pair("E05000002"), name="Field"), lot(pair("E05000003"), name="Near")
    said = verdict(lot(pair()), HOME, DAY, shelf(THERE), [near, own], centres={"Near": (1000, 1000), "Field": (9000, 9000)})
    assert said.nearest == "Field" and "It counts for the Field lot" in said.sentence


@pytest.mark.parametrize(("books", "method", "said"), [
    (Books(), "edition missing", "Import Code-Point Open 2021.4.0"),
    (shelf(None), "unknown postcode", "B37 5TX is not in Code-Point Open 2021.4.0, 20 September 2021; it may be new since this edition"),
    (Books([Book("2021.4.0", {}, areas=("CV",))]), "area not imported", "holds no B postcodes"),
    (shelf(Spot(None)), "no ward", "has no ward"),
    (shelf(replace(THERE, large_user=True)), "large-user postcode", "sorting office"),
    (shelf(replace(HERE, large_user=True)), "large-user postcode", "sorting office"),
    (shelf(replace(HERE, terminated_on="2020-05")), "closed postcode",
     "closed postcode: it ended in May 2020"),
])
def test_what_nobody_can_tell_is_checked_by_hand_and_says_why(books: Books, method: str, said: str) -> None:
    judged = verdict(lot(pair()), HOME, DAY, books)
    assert (judged.verdict, judged.method) == (BY_HAND, method) and said in judged.sentence


@pytest.mark.parametrize(("other", "said"), [
    (Book("2025.2.0", {HOME: HERE}, day=date(2025, 4, 22)),
     "it is new since this edition. Code-Point Open 2025.2.0, 22 April 2025 has it in W"),
    (Book("2014.3.0", {HOME: THERE}, day=date(2014, 7, 29)),
     "is no longer in Code-Point Open 2021.4.0, 20 September 2021; Code-Point Open "),
    (Book("2025.2.0", {}, day=date(2025, 4, 22)), "it may be new since this edition, or mistyped"),
])
def test_another_edition_tells_why_the_lots_own_does_not_hold_a_postcode(other: Book, said: str) -> None:
    judged = verdict(lot(pair()), HOME, DAY, Books([other, Book("2021.4.0", {})]))
    assert (judged.verdict, judged.method, judged.edition) == (BY_HAND, "unknown postcode", "2021.4.0")
    assert said in judged.sentence and judged.sentence.endswith("Check the address by hand.")


@dataclass(frozen=True)
class Bordered(Book):
    """An edition in which homes of other wards stand within 100 metres."""

    around: Mapping[str, str] = field(default_factory=dict)

    def wards_around(self, postcode: str) -> Mapping[str, str]:
        return self.around


@pytest.mark.parametrize(("spot", "around", "said"), [
    (HERE, {"E05000002": "Field"}, "at the boundary with Field ward, which does not count: check the address."),
    (THERE, {"E05000001": "Wood"}, "at the boundary with Wood ward, which counts: check the address."),
    (HERE, {}, ""), (THERE, {"E05000009": "Hill"}, ""),
])
def test_at_a_boundary_that_would_change_the_verdict_the_address_is_to_be_checked(spot: Spot, around: Mapping[str, str], said: str) -> None:
    judged = verdict(lot(pair()), HOME, DAY, Books([Bordered("2021.4.0", {HOME: spot}, around=around)]))
    assert judged.verdict == (BY_RESIDENCE if spot is HERE else NOT_ELIGIBLE)
    assert said in judged.sentence and ("boundary" in judged.sentence) == bool(said)


def test_a_postcode_that_was_closed_later_still_counted_on_the_day() -> None:
    assert verdict(lot(pair()), HOME, DAY, shelf(replace(HERE, terminated_on="2020-06"))).verdict == BY_RESIDENCE


def test_a_missing_edition_stops_a_no_but_not_a_yes() -> None:
    both = lot(pair("E05001216", "2014.3.0"), pair())
    assert verdict(both, HOME, DAY, shelf(HERE)).verdict == BY_RESIDENCE
    said = verdict(both, HOME, DAY, shelf(THERE), [lot(pair("E05000002"), name="Field")])
    assert (said.verdict, said.edition, said.ward_name, said.nearest) == (BY_HAND, "2021.4.0", "Field", "Field")
    assert "Import Code-Point Open 2014.3.0" in said.sentence and said.sentence.endswith("it counts for the Field lot.")


def test_a_ward_of_another_edition_with_the_same_code_does_not_match() -> None:
    books = Books([Book("2014.3.0", {HOME: HERE}), Book("2021.4.0", {HOME: THERE})])
    assert verdict(lot(pair()), HOME, DAY, books).verdict == NOT_ELIGIBLE


def test_the_first_and_last_day_of_a_pair_belong_to_it() -> None:
    spell = lot(pair(from_=DAY, to=DAY))
    assert verdict(spell, HOME, DAY, shelf(HERE)).verdict == BY_RESIDENCE
    said = verdict(spell, HOME, date(2020, 5, 13), shelf(HERE))
    assert (said.verdict, said.method) == (BY_HAND, "no ward in force") and "13 May 2020" in said.sentence


def test_a_postcode_taken_in_by_hand_counts_on_its_days_even_when_no_edition_knows_it() -> None:
    taken = Inclusion(HOME, "new street.", date(2020, 1, 1), date(2020, 12, 31))
    said = verdict(lot(pair(), inclusions=(taken,)), HOME, DAY, shelf(None))
    assert (said.verdict, said.method) == (BY_RESIDENCE, "inclusion") and "(new street)" in said.sentence
    assert verdict(lot(pair(), inclusions=(taken,)), HOME, date(2021, 1, 1), shelf(THERE)).verdict == NOT_ELIGIBLE


def test_a_lot_that_is_only_a_list_of_postcodes_needs_no_edition() -> None:
    site = lot(inclusions=(Inclusion("B37 5AA", "on the estate"),))
    assert verdict(site, "B37 5AA", DAY, Books()).verdict == BY_RESIDENCE
    assert verdict(site, HOME, DAY, Books()).method == "not on the list"


def test_a_connection_counts_where_residence_does_not() -> None:
    for books in (shelf(THERE), Books(), shelf(None)):
        said = verdict(lot(pair()), HOME, DAY, books, connection="Works in the ward", connection_note="the bakery", connections=CONNECTIONS)
        assert (said.verdict, said.method) == (BY_CONNECTION, "connection")
        assert said.sentence == "Counts for the Wood lot by a connection: works in the ward (the bakery)."


def test_a_connection_never_overrides_residence() -> None:
    assert verdict(lot(pair()), HOME, DAY, shelf(HERE), connection="works in the ward", connections=CONNECTIONS).verdict == BY_RESIDENCE


@pytest.mark.parametrize("reason", ["", "  ", "likes the ward"])
def test_a_connection_without_an_accepted_reason_is_refused_and_the_reasons_are_listed(reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        verdict(lot(pair()), HOME, DAY, shelf(THERE), connection=reason, connections=CONNECTIONS)
    assert "works in the ward" in refused.value.next_step
    if not reason.strip():
        with pytest.raises(Refusal, match="needs a reason"):
            verdict(lot(pair()), HOME, DAY, shelf(THERE), connection=reason)


def test_a_programme_without_connections_says_so() -> None:
    with pytest.raises(Refusal, match="accepts no connections"):
        accepted_connection((), "works in the ward")


def test_no_postcode_and_no_fixed_abode_are_ways_on_and_not_refusals() -> None:
    assert verdict(lot(pair()), None, DAY, shelf(HERE)).method == verdict(lot(pair()), "  ", DAY, shelf(HERE)).method == "no postcode"
    said = verdict(lot(pair()), "not known", DAY, shelf(HERE), situation="no fixed abode")
    assert (said.verdict, said.method, said.postcode) == (BY_HAND, "no fixed abode", None)
    assert "lead of the Wood lot decides" in said.sentence


def test_a_refuge_is_never_looked_up_shown_or_kept() -> None:
    for reason in (None, "works in the ward"):
        said = verdict(lot(pair()), HOME, DAY, shelf(HERE), situation="refuge", connection=reason, connection_note=f"lives at {HOME}")
        assert said.verdict == (BY_HAND if reason is None else BY_CONNECTION)
        assert HOME not in repr(said) and said.ward_code is None


@pytest.mark.parametrize("typed", ["B37", "rubbish", "B37 5TX and more"])
def test_what_is_not_a_postcode_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="is not a postcode"):
        verdict(lot(pair()), typed, DAY, shelf(HERE))


def test_an_unknown_situation_is_refused() -> None:
    with pytest.raises(Refusal, match="not a kind of address"):
        verdict(lot(pair()), HOME, DAY, shelf(HERE), situation="boat")


def _programme(*lots: LotPlan) -> Programme:
    return Programme("P", "C", "A", "B", 7, date(2018, 10, 1), date(2022, 3, 31), (), lots, (), {}, ())


def test_each_pair_is_checked_against_its_own_edition() -> None:
    books = Books([Book("2014.3.0", {HOME: Spot("E05001216", "Washwood Heath")}), Book("2021.4.0", {HOME: Spot("E05000001", "Wood Ward")})])
    wrong = WardPair("E05001216", "Washwood Heath", "2021.4.0", date(2018, 5, 3), None)
    right = replace(wrong, edition="2014.3.0")
    renamed = WardPair("E05000001", "Forest", "2021.4.0", date(2018, 5, 3), None)
    assert check_pairs(_programme(lot(pair(), right)), books) == []
    assert check_pairs(_programme(lot(wrong)), books)[0].startswith(
        "E05001216 Washwood Heath is not a ward of Code-Point Open 2021.4.0, 20 September 2021; ")
    assert "called Wood Ward in Code-Point Open 2021.4.0" in check_pairs(_programme(lot(renamed)), books)[0]
    assert "is one of Code-Point Open 2014.3.0" in check_pairs(_programme(lot(wrong, right)), books)[0]


def test_a_pair_whose_edition_is_not_installed_is_said_if_it_decides_anything() -> None:
    assert "Code-Point Open 2014.3.0 is not on this device" in check_pairs(_programme(lot(pair(edition="2014.3.0"))), Books())[0]
    assert check_pairs(_programme(lot(pair(edition="2014.3.0", to=date(2018, 9, 30)))), Books()) == []


def test_the_middle_of_a_lot_is_that_of_its_wards_in_the_newest_edition() -> None:
    old = Book("2014.3.0", {HOME: replace(HERE, easting=1, northing=2)}, day=date(2014, 7, 29))
    books = Books([old, Book("2021.4.0", {HOME: HERE})])
    lots = [lot(pair(), pair(edition="2014.3.0")), lot(pair("E05000009"), name="Nowhere")]
    assert lot_centres(lots, DAY, books) == {"Wood": (1000, 1000)}


NAMES = ("2014.3.0", "2021.4.0", "2025.2.0")
WARDS = st.sampled_from(["E05000001", "E05000002", "E05000003"])
SPOTS = st.builds(Spot, st.none() | WARDS, st.none() | st.just("Somewhere"), large_user=st.sampled_from([None, False, True]),
                  terminated_on=st.sampled_from([None, "2010-01", "2020-05", "2024-01"]))
BOOKS = st.dictionaries(st.sampled_from(NAMES), st.none() | SPOTS).map(
    lambda found: Books([Book(name, {HOME: spot} if spot else {}) for name, spot in found.items()]))
DAYS = st.dates(date(2014, 1, 1), date(2026, 1, 1))


@st.composite
def lots_of(draw: st.DrawFn) -> LotPlan:
    pairs = []
    for _ in range(draw(st.integers(1, 4))):
        first, last = draw(DAYS), draw(st.none() | DAYS)
        pairs.append(WardPair(draw(WARDS), "Wood", draw(st.sampled_from(NAMES)), first, max(first, last) if last else None))
    inclusions = (Inclusion(HOME, "why", draw(st.none() | DAYS)),) if draw(st.booleans()) else ()
    return lot(*pairs, inclusions=inclusions)


def _settled(spot: Spot | None, on: date) -> bool:
    return spot is not None and bool(spot.ward_code) and not spot.large_user and (spot.terminated_on or "9") > on.isoformat()[:7]


@given(lots_of(), BOOKS, DAYS)
def test_yes_no_or_by_hand_exactly_as_the_domain_says(plan: LotPlan, books: Books, on: date) -> None:
    said = verdict(plan, HOME, on, books)
    pairs = in_force(plan.pairs, on)
    spots = [(each, book.lookup(HOME) if (book := books.edition(each.edition)) else None) for each in pairs]
    matches = any(_settled(spot, on) and spot is not None and spot.ward_code == each.ward_code for each, spot in spots)
    included = bool(in_force(plan.inclusions, on))
    assert (said.verdict == BY_RESIDENCE) == (matches or included)
    assert (said.verdict == NOT_ELIGIBLE) == (not matches and not included and bool(pairs) and all(_settled(spot, on) for _, spot in spots))
    _sound(said, books)


def _sound(said: Verdict, books: Books) -> None:
    """What is true of every verdict: one of four words, readable, and a ward only as the named edition has it."""
    assert said.verdict in VERDICTS and said.method
    assert said.sentence.endswith(".") and "  " not in said.sentence and "None" not in said.sentence and len(said.sentence) < 300
    if said.ward_code is not None:
        book = books.edition(said.edition or "")
        spot = book.lookup(HOME) if book else None
        assert spot is not None and spot.ward_code == said.ward_code


@given(lots_of(), BOOKS, DAYS, st.sampled_from(NAMES))
def test_never_no_while_an_edition_in_force_is_missing(plan: LotPlan, books: Books, on: date, gone: str) -> None:
    fewer = Books([book for book in books.books if book.name != gone])
    if any(each.edition == gone for each in in_force(plan.pairs, on)):
        assert verdict(plan, HOME, on, fewer).verdict != NOT_ELIGIBLE


@given(lots_of(), BOOKS, DAYS)
def test_importing_an_edition_never_turns_a_yes_or_a_no_around(plan: LotPlan, books: Books, on: date) -> None:
    before = [verdict(plan, HOME, on, Books(books.books[:count])).verdict for count in range(len(books.books) + 1)]
    settled = [word for word in before if word != BY_HAND]
    assert len(set(settled)) <= 1 and (not settled or before[before.index(settled[0]):] == settled)


@given(lots_of(), BOOKS, DAYS, st.sampled_from([None, HOME]), st.sampled_from(["address", "no fixed abode", "refuge"]))
def test_an_accepted_connection_always_counts(plan: LotPlan, books: Books, on: date, typed: str | None, situation: str) -> None:
    alone = verdict(plan, typed, on, books, situation=situation)
    joined = verdict(plan, typed, on, books, situation=situation, connection="works in the ward", connections=CONNECTIONS)
    assert joined == alone if alone.verdict == BY_RESIDENCE else joined.verdict == BY_CONNECTION
    _sound(joined, books)
