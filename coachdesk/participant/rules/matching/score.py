"""How likely two records are one person: evidence for and against, in bits, summed; and why, in words.

The weights are base-two logarithms of how much oftener a comparison turns out so for one person than for two (Fellegi and Sunter's
reading of record linkage), rounded. They were set by thought for people of one neighbourhood and held against several labelled sets;
the list that the two stand in moves them (Crowd).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from coachdesk.participant.rules.matching.comparing import Like, dates, given_names, numbers, postcodes, surnames
from coachdesk.participant.rules.matching.crowd import NOBODY, Crowd
from coachdesk.participant.rules.matching.names import COMMON, meanings
from coachdesk.participant.rules.matching.reading import Known, Person, known

SAME_NUMBER, SAME_PERSON = "the same National Insurance number", "the same name and date of birth"
LIKELY = 0.5  # from this score on two records are shown as a likely pair
_ENOUGH = 10.0  # bits at which the score is one half
_GIVEN = {
    Like.EXACT: 5.0,
    Like.SAME: 4.0,
    Like.CLOSE: 3.5,
    Like.PART: 2.0,
    Like.INITIAL: 1.5,
    Like.ROUGH: 0.0,
    Like.DIFFERENT: -7.0,
    Like.UNKNOWN: 0.0,
}
_SURNAME = {
    Like.EXACT: 6.5,
    Like.SAME: 5.0,
    Like.CLOSE: 4.5,
    Like.PART: 3.0,
    Like.INITIAL: 1.0,
    Like.ROUGH: 0.5,
    Like.DIFFERENT: -4.0,
    Like.UNKNOWN: 0.0,
}
_BORN = {Like.EXACT: 10.0, Like.SAME: 8.0, Like.CLOSE: 5.0, Like.ROUGH: 0.0, Like.DIFFERENT: -6.0, Like.UNKNOWN: 0.0}
_POSTCODE = {Like.EXACT: 7.0, Like.CLOSE: 4.5, Like.ROUGH: 1.0, Like.DIFFERENT: -1.5, Like.UNKNOWN: 0.0}
_PHONE = {Like.EXACT: 7.0, Like.CLOSE: 4.0, Like.DIFFERENT: -1.0, Like.UNKNOWN: 0.0}
_NI = {Like.EXACT: 18.0, Like.CLOSE: 9.0, Like.DIFFERENT: -10.5, Like.UNKNOWN: 0.0}
_STRANGER_GIVEN = -4.0  # another given name, in a list where whole names are wrong now and then
_ELSEWHERE = 1.0  # bits for a word of the name that stands in the other place
_COMMON = 1.5  # bits less for a name that many bear, where no list says how many
_RARE = 1.5  # a given name that says so much more than usual is known by itself
_SHARED = 6  # a number that more records have is nobody's own


@dataclass(frozen=True)
class Likeness:
    """score: 0 to 1, LIKELY and above is a likely pair. reasons: what speaks for it, the strongest first, each a few words.

    but: what speaks against it. is_perhaps: something says that they are two people (see _ceiling), and yet the given name and enough else
    are the same, so that it is worth a look while somebody is being registered.
    """

    score: float
    reasons: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    is_perhaps: bool = False

    def __bool__(self) -> bool:
        return self.score >= LIKELY


@dataclass(frozen=True, slots=True)
class Weighed:
    """Two people's details, compared and weighed, before anything is put into words."""

    bits: float
    most: float  # where the bits may not go, see _ceiling
    given: Like
    surname: Like
    names_said: tuple[tuple[float, str], ...]
    likes: tuple[Like, Like, Like, Like]  # born, postcode, phone, ni
    weights: tuple[float, float, float, float]

    @property
    def score(self) -> float:
        """0 to 1."""
        bits = min(self.bits, self.most)
        return round(1 / (1 + math.pow(2, max(-60.0, min(60.0, _ENOUGH - bits)) / 2)), 4)

    @property
    def is_barred(self) -> bool:
        """Whether something says that they are two people."""
        return self.most < _ENOUGH


def likeness(one: Person, other: Person, crowd: Crowd = NOBODY) -> Likeness:
    """How likely two records are one person, and why. The order of the two does not matter. crowd: the list that they stand in."""
    a, b = known(one), known(other)
    return in_words(a, b, weighed(a, b, crowd))


def is_hopeless(a: Known, b: Known) -> bool:
    """Whether two people cannot be a likely pair whatever they are called: another day of birth, elsewhere, no number alike."""
    is_elsewhere = postcodes(a.postcode, b.postcode) <= Like.ROUGH
    return is_elsewhere and dates(a.born, b.born)[0] == Like.DIFFERENT and not _agrees(numbers(a.ni, b.ni), Like.CLOSE)


def weighed(a: Known, b: Known, crowd: Crowd = NOBODY) -> Weighed:
    """Compares and weighs two people's details."""
    bits, given, surname, said = _names(a, b, crowd)
    born = dates(a.born, b.born)[0]
    place, phone, ni = postcodes(a.postcode, b.postcode), numbers(a.phone, b.phone), numbers(a.ni, b.ni)
    if ni == Like.EXACT and crowd.times("ni", a.ni) > _SHARED:
        ni = Like.UNKNOWN
    weights = (
        _BORN[born] + (crowd.rarity("born", a.born) if born == Like.EXACT else 0),
        _POSTCODE[place] + (crowd.rarity("postcode", a.postcode) if place == Like.EXACT else 0),
        _PHONE[phone] + (min(0.0, crowd.rarity("phone", a.phone)) if phone == Like.EXACT else 0),
        _NI[ni],
    )
    bits += sum(weights)
    most = math.inf
    if ni == Like.EXACT:
        bits = max(bits, _ENOUGH + 2)  # whatever else differs: one of the two numbers is wrong, or the two are one
    elif ni != Like.CLOSE:
        is_rare = given == Like.EXACT and crowd.rarity("given", *a.given) >= _RARE
        # Two whole numbers that differ are two people's, in any list.
        most = _ceiling(_Compared(given, surname, born, place, phone, is_rare, crowd.are_strangers and ni != Like.DIFFERENT))
    return Weighed(bits, most, given, surname, tuple(said), (born, place, phone, ni), weights)


def in_words(a: Known, b: Known, two: Weighed) -> Likeness:
    """What was weighed, with reasons."""
    born, place, phone, ni = two.likes
    why = [
        (two.weights[3], {Like.EXACT: SAME_NUMBER, Like.CLOSE: "a National Insurance number with one sign different"}.get(ni)),
        (two.weights[0], dates(a.born, b.born)[1] or None),
        *two.names_said,
        (two.weights[2], {Like.EXACT: "the same telephone", Like.CLOSE: "a telephone with one digit different"}.get(phone)),
        (two.weights[1], {Like.EXACT: "the same postcode", Like.CLOSE: "a postcode with one sign different"}.get(place)),
    ]
    reasons = [word for weight, word in sorted(why, key=lambda each: -each[0]) if word]
    if "the same name" in reasons and "the same date of birth" in reasons:
        reasons.remove("the same date of birth")
        reasons[reasons.index("the same name")] = SAME_PERSON
    against = ((born, "another date of birth"), (ni, "another National Insurance number"), (two.surname, "another surname"))
    but = tuple(words for like, words in against if like == Like.DIFFERENT)
    is_perhaps = two.is_barred and two.bits >= _ENOUGH and _agrees(two.given, Like.CLOSE)
    return Likeness(two.score, tuple(reasons), but, is_perhaps)


@dataclass(frozen=True, slots=True)
class _Compared:
    given: Like
    surname: Like
    born: Like
    place: Like
    phone: Like
    is_rare: bool
    are_strangers: bool


def _names(a: Known, b: Known, crowd: Crowd) -> tuple[float, Like, Like, list[tuple[float, str]]]:
    """The better of the two ways round: as written, or with given name and surname changed about. (bits, given, surname, reasons)."""
    given, surname = given_names(a.given, b.given), surnames(a.surname, b.surname)
    if surname == Like.DIFFERENT and given >= Like.CLOSE and _is_among(a, b):
        surname = Like.PART
    weight = _GIVEN[given] if given != Like.DIFFERENT or not crowd.are_strangers else _STRANGER_GIVEN
    straight = weight + _SURNAME[surname] + _commonness(a, b, given, surname, crowd)
    is_plain = min(given, surname) >= Like.CLOSE or not (a.given and b.given and a.surname and b.surname)
    cross = None if is_plain else (surnames(a.given, b.surname), surnames(a.surname, b.given))
    if cross and min(cross) >= Like.CLOSE and (turned := _GIVEN[cross[0]] + _SURNAME[cross[1]] - 1) > straight:
        return turned, *cross, [(turned, "given name and surname changed about")]
    if cross and max(cross) == Like.EXACT and straight < 0:
        # One word of the name stands in the other place: "Ali, Mohammed" and "Mohammed Khan" may be one man. The other word counts little.
        part = Like.PART if crowd.are_strangers or _is_given_elsewhere(a, b, crowd) else Like.DIFFERENT
        return _ELSEWHERE, part, Like.PART, [(_ELSEWHERE, "one name the same, in another place")]
    said: list[tuple[float, str]] = []
    if given == surname == Like.EXACT:
        said.append((straight, "the same name"))
    else:
        said += [(_GIVEN[given], words) for words in [_given_words(a, b, given)] if words]
        said += [(_SURNAME[surname], words) for words in [_surname_words(surname)] if words]
    return straight, given, surname, said


def _is_given_elsewhere(a: Known, b: Known, crowd: Crowd) -> bool:
    """Whether the word in the other place is a given name. A surname there is a family's, and bears nothing out."""
    shared = {*a.given} & {*b.surname} | {*a.surname} & {*b.given}
    return any(meanings(word) or crowd.times("given", word) > crowd.times("surname", word) for word in shared)


def _is_among(a: Known, b: Known) -> bool:
    """Whether one's surname is a middle name of the other: "Harpreet Kaur" and "Harpreet Kaur Gill"."""
    return bool({*a.surname} & {*b.given[1:]} or {*b.surname} & {*a.given[1:]})


def _ceiling(two: _Compared) -> float:
    """Where the sum may not go without a National Insurance number: what families and namesakes share proves nothing.

    Twins, brothers and sisters have surname, address, telephone and even the day of birth in common; a father and his son the whole name,
    address and telephone; a wife has her husband's surname, address and telephone. In a list of strangers less is held back.
    """
    given, surname, born = two.given, two.surname, two.born
    is_reached = _agrees(two.place, Like.CLOSE) or _agrees(two.phone, Like.CLOSE)
    may_be_wrong = two.are_strangers and two.place >= Like.CLOSE
    most = math.inf
    if given <= Like.ROUGH and not (may_be_wrong and born >= Like.SAME):
        most = _ENOUGH - (2 if given == Like.DIFFERENT else 1 if born < Like.CLOSE else -99)
    if born == Like.DIFFERENT and not (may_be_wrong and min(given, surname) >= Like.CLOSE):
        most = min(most, _ENOUGH - 1)
    if surname == Like.DIFFERENT and not (
        _agrees(born, Like.CLOSE if two.are_strangers else Like.SAME)
        and (given >= Like.CLOSE or may_be_wrong)
        and (is_reached or two.is_rare)
    ):
        most = min(most, _ENOUGH - 1)
    if surname == given == Like.UNKNOWN and not _agrees(two.phone, Like.CLOSE) and not two.are_strangers:
        most = min(most, _ENOUGH - 1)
    if given == Like.UNKNOWN and born in (Like.UNKNOWN, Like.DIFFERENT, Like.ROUGH):
        most = min(most, _ENOUGH - 1)  # a surname and an address are a household
    return most


def _agrees(like: Like, least: Like) -> bool:
    return least <= like <= Like.EXACT


def _commonness(a: Known, b: Known, given: Like, surname: Like, crowd: Crowd) -> float:
    more = 0.0
    for field, like, words in (("given", given, a.given + b.given), ("surname", surname, a.surname + b.surname)):
        if crowd.many:
            more += crowd.rarity(field, *words) * (1 if like == Like.EXACT else 0.5 if Like.CLOSE <= like <= Like.SAME else 0)
        elif Like.SAME <= like <= Like.EXACT and any(word in COMMON for word in words):
            more -= _COMMON
    return more


def _given_words(a: Known, b: Known, given: Like) -> str:
    one, other = " ".join(a.given).title(), " ".join(b.given).title()
    one, other = sorted((one, other), key=lambda name: (len(name), name))
    return {
        Like.EXACT: "the same given name",
        Like.SAME: f"{one} may be {other}",
        Like.CLOSE: f"{one} is nearly {other}",
        Like.PART: "one given name the same",
        Like.INITIAL: "the same initial",
    }.get(given, "")


def _surname_words(surname: Like) -> str:
    return {
        Like.EXACT: "the same surname",
        Like.SAME: "the surname spelt another way",
        Like.CLOSE: "a surname that is nearly the same",
        Like.PART: "part of the surname the same",
    }.get(surname, "")
