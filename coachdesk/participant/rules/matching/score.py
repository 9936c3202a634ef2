"""How likely two records are one person: evidence for and against, in bits, summed; and why, in words.

The weights are base-two logarithms of how much oftener a comparison turns out so for one person than for two (Fellegi and Sunter's
reading of record linkage), rounded. They were set by thought for people of one neighbourhood and held against several labelled sets.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from coachdesk.participant.rules.matching.comparing import Known, Like, Person, dates, given_names, known, numbers, postcodes, surnames
from coachdesk.participant.rules.matching.names import COMMON

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
_ELSEWHERE = 1.0  # bits for a word of the name that stands in the other place
_COMMON = 1.5  # bits less for a name that many bear


@dataclass(frozen=True)
class Likeness:
    """score: 0 to 1, LIKELY and above is a likely pair. reasons: what speaks for it, the strongest first, each a few words."""

    score: float
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.score >= LIKELY


def likeness(one: Person, other: Person) -> Likeness:
    """How likely two records are one person, and why. The order of the two does not matter."""
    a, b = known(one), known(other)
    names, said = _names(a, b)
    born, how_born = dates(a.born, b.born)
    place, phone, ni = postcodes(a.postcode, b.postcode), numbers(a.phone, b.phone), numbers(a.ni, b.ni)
    bits = names.bits + _BORN[born] + _POSTCODE[place] + _PHONE[phone] + _NI[ni]
    is_bare = not (a.phone or b.phone or a.ni or b.ni)  # such records are made in a hurry, and twice; with numbers, a household explains it
    if ni == Like.EXACT:
        bits = max(bits, _ENOUGH + 2)  # whatever else differs: one of the two numbers is wrong, or the two are one
    elif ni != Like.CLOSE:
        bits = min(bits, _ceiling(names, born, place, phone, is_bare))
    why = [
        (_NI[ni], {Like.EXACT: SAME_NUMBER, Like.CLOSE: "a National Insurance number with one sign different"}.get(ni)),
        (_BORN[born], how_born or None),
        *said,
        (_PHONE[phone], {Like.EXACT: "the same telephone", Like.CLOSE: "a telephone with one digit different"}.get(phone)),
        (_POSTCODE[place], {Like.EXACT: "the same postcode", Like.CLOSE: "a postcode with one sign different"}.get(place)),
    ]
    reasons = [word for weight, word in sorted(why, key=lambda each: -each[0]) if word]
    if "the same name" in reasons and "the same date of birth" in reasons:
        reasons.remove("the same date of birth")
        reasons[reasons.index("the same name")] = SAME_PERSON
    return Likeness(round(1 / (1 + math.pow(2, max(-60.0, min(60.0, _ENOUGH - bits)) / 2)), 4), tuple(reasons))


@dataclass(frozen=True, slots=True)
class _Names:
    bits: float
    given: Like
    surname: Like


def _names(a: Known, b: Known) -> tuple[_Names, list[tuple[float, str]]]:
    """The better of the two ways round: as written, or with given name and surname changed about."""
    given, surname = given_names(a.given, b.given), surnames(a.surname, b.surname)
    straight = _GIVEN[given] + _SURNAME[surname] - _commonness(a, b, given, surname)
    cross = (surnames(a.given, b.surname), surnames(a.surname, b.given)) if a.given and b.given and a.surname and b.surname else None
    if cross and min(cross) >= Like.CLOSE and (turned := _GIVEN[cross[0]] + _SURNAME[cross[1]] - 1) > straight:
        return _Names(turned, *cross), [(turned, "given name and surname changed about")]
    if cross and max(cross) == Like.EXACT and straight < 0:
        # One word of the name stands in the other place: "Ali, Mohammed" and "Mohammed Khan" may be one man. The other word counts little.
        return _Names(_ELSEWHERE, Like.PART, Like.PART), [(_ELSEWHERE, "one name the same, in another place")]
    said: list[tuple[float, str]] = []
    if given == surname == Like.EXACT:
        said.append((straight, "the same name"))
    else:
        said += [(_GIVEN[given], words) for words in [_given_words(a, b, given)] if words]
        said += [(_SURNAME[surname], words) for words in [_surname_words(surname)] if words]
    return _Names(straight, given, surname), said


def _ceiling(names: _Names, born: Like, place: Like, phone: Like, is_bare: bool) -> float:
    """Where the sum may not go without a National Insurance number: what families and namesakes share proves nothing.

    Twins, brothers and sisters have surname, address, telephone and even the day of birth in common; a father and his son the whole name,
    address and telephone; a wife has her husband's surname, address and telephone.
    """
    most = math.inf
    if names.given <= Like.ROUGH and not (is_bare and min(names.surname, place) >= Like.CLOSE and born >= Like.SAME):
        most = _ENOUGH - (2 if names.given == Like.DIFFERENT else 1 if born < Like.CLOSE else -99)
    if born == Like.DIFFERENT and not (is_bare and min(names.given, names.surname, place) >= Like.CLOSE):
        most = min(most, _ENOUGH - 1)
    is_reached = Like.CLOSE <= place <= Like.EXACT or Like.CLOSE <= phone <= Like.EXACT
    if names.surname == Like.DIFFERENT and not (
        born >= (Like.CLOSE if is_bare else Like.SAME) and names.given >= Like.CLOSE and is_reached
    ):
        most = min(most, _ENOUGH - 1)
    if names.surname == Like.UNKNOWN and names.given == Like.UNKNOWN and not Like.CLOSE <= phone <= Like.EXACT:
        most = min(most, _ENOUGH - 1)
    if names.given == Like.UNKNOWN and born in (Like.UNKNOWN, Like.DIFFERENT, Like.ROUGH):
        most = min(most, _ENOUGH - 1)  # a surname and an address are a household
    return most


def _commonness(a: Known, b: Known, given: Like, surname: Like) -> float:
    less = 0.0
    if Like.SAME <= given <= Like.EXACT and any(word in COMMON for word in a.given):
        less += _COMMON
    if Like.SAME <= surname <= Like.EXACT and any(word in COMMON for word in a.surname + b.surname):
        less += _COMMON
    return less


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
