"""How alike two people's details are, told apart from how much that weighs: names, dates, postcodes and numbers, two at a time."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from coachdesk.participant.rules.matching.names import is_one_name, is_one_surname, meanings, skeleton, without_particles


class Like(IntEnum):
    """How two values compare. UNKNOWN: one of them is empty."""

    DIFFERENT = 0
    ROUGH = 1
    INITIAL = 2
    PART = 3
    CLOSE = 4
    SAME = 5  # another spelling or a short form of the same
    EXACT = 6
    UNKNOWN = 7


def given_names(one: tuple[str, ...], other: tuple[str, ...]) -> Like:
    """Compares given names: the first word counts; a second name or an initial may be missing on either side."""
    return _names(one, other, is_given=True)


def surnames(one: tuple[str, ...], other: tuple[str, ...]) -> Like:
    """Compares surnames; one half of a double-barrelled name is PART."""
    return _names(one, other, is_given=False)


@lru_cache(maxsize=131072)
def _names(one: tuple[str, ...], other: tuple[str, ...], *, is_given: bool) -> Like:
    if not one or not other:
        return Like.UNKNOWN
    if one == other or "".join(one) == "".join(other):
        return Like.EXACT
    one, other = _main(one, other, is_given)
    best = _word("".join(one), "".join(other), is_given)
    if len(one) > 1 or len(other) > 1:
        if is_given:
            best = max(best, min(_word(one[0], other[0], is_given), Like.SAME))
        among = max((_word(this, that, is_given) for this in one for that in other if min(len(this), len(that)) > 1), default=0)
        if among >= Like.CLOSE:
            best = max(best, Like.PART)
    return _with_middle(one, other, best) if is_given else best


def _with_middle(one: tuple[str, ...], other: tuple[str, ...], best: Like) -> Like:
    """What second names and initials add: the same ones bear out a likeness, others speak against it."""
    mine, theirs = {word[0] for word in one[1:]}, {word[0] for word in other[1:]}
    if mine and theirs:
        if mine & theirs:
            return max(best, Like.CLOSE) if one[0][0] == other[0][0] else best
        if one[0] != other[0] and best != Like.PART:
            return Like.DIFFERENT
    elif best < Like.INITIAL and (one[0] in theirs or other[0] in mine):
        return Like.INITIAL
    return best


def _main(one: tuple[str, ...], other: tuple[str, ...], is_given: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that count: without particles in surnames, without a Mohammed before another given name."""
    if not is_given:
        return without_particles(one), without_particles(other)
    if len(one) > 1 and "mohammed" in meanings(one[0]) and "mohammed" not in meanings(other[0]):
        return one[1:], other
    if len(other) > 1 and "mohammed" in meanings(other[0]) and "mohammed" not in meanings(one[0]):
        return one, other[1:]
    return one, other


def _word(one: str, other: str, is_given: bool) -> Like:
    if one == other:
        return Like.EXACT
    if (is_one_name if is_given else is_one_surname)(one, other):
        return Like.SAME
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return Like.INITIAL if longer.startswith(shorter) else Like.DIFFERENT
    if len(shorter) >= 3:
        return _longer_words(one, other, shorter, longer)
    return Like.ROUGH if longer.startswith(shorter) or OSA.distance(one, other) == 1 else Like.DIFFERENT


def _longer_words(one: str, other: str, shorter: str, longer: str) -> Like:
    apart = OSA.distance(one, other)
    if apart == 1 and (len(longer) >= 4 or sorted(one) == sorted(other)) or apart == 2 and len(shorter) >= 6:
        return Like.CLOSE
    sounds_alike = len(skeleton(one)) >= 2 and skeleton(one) == skeleton(other)
    if sounds_alike and (len(shorter) >= 4 or apart <= 1) and apart <= max(2, len(longer) // 2):
        return Like.CLOSE
    if len(shorter) >= 4 and longer.startswith(shorter):
        return Like.CLOSE
    if JaroWinkler.similarity(one, other) >= 0.86 or apart <= max(2, len(longer) // 3) and len(shorter) >= 5 or one[:3] == other[:3]:
        return Like.ROUGH
    return Like.DIFFERENT


@lru_cache(maxsize=65536)
def dates(one: str, other: str) -> tuple[Like, str]:
    """Compares two dates of birth (born_signs) and says how: swapped, one digit, two digits changed places, a year or a day beside."""
    if not one or not other:
        return Like.UNKNOWN, ""
    if one == other:
        return Like.EXACT, "the same date of birth"
    if len(one) == len(other) == 8:
        return _whole_dates(one, other)
    if min(len(one), len(other)) in (4, 6) and max(len(one), len(other)) == 8:  # a year, or year and month
        shorter, longer = sorted((one, other), key=len)
        return (Like.ROUGH, "the same year of birth") if longer.startswith(shorter) else (Like.DIFFERENT, "")
    if OSA.distance(one, other) == 1 and min(len(one), len(other)) >= 5:
        return Like.CLOSE, "a date of birth with one digit different"
    return Like.DIFFERENT, ""


def _whole_dates(one: str, other: str) -> tuple[Like, str]:
    turned = one[:4] + one[6:] + one[4:6]
    if turned == other:
        return Like.SAME, "day and month of birth changed about"
    apart = OSA.distance(one, other)
    if apart == 1:
        return Like.CLOSE, "a date of birth with one digit different"
    if one[4:] == other[4:] and _apart(one[:4], other[:4]) in (1, 10):
        return Like.CLOSE, "another year of birth, the same day"
    if one[:6] == other[:6] and _apart(one[6:], other[6:]) == 1:
        return Like.CLOSE, "a date of birth one day off"
    if one[:4] == other[:4] and "0101" in (one[4:], other[4:]):  # the first of January stands for a year of which no more is known
        return Like.ROUGH, "the same year of birth"
    if apart == 2 and not _is_generation(one[:4], other[:4]) or OSA.distance(turned, other) == 1:
        return Like.ROUGH, "a similar date of birth"
    return Like.DIFFERENT, ""


def _is_generation(one: str, other: str) -> bool:
    """Whether parent and child might be born in these years."""
    years = sorted(int(year) if year.isdecimal() else 0 for year in (one, other))
    return years[0] >= 1900 and years[1] - years[0] >= 15 and years[1] <= 2100


def _apart(one: str, other: str) -> int:
    return abs(int(one) - int(other)) if one.isdecimal() and other.isdecimal() else 0


def postcodes(one: str, other: str) -> Like:
    """Compares two postcodes: CLOSE with one sign typed wrongly or two changed about, ROUGH within one sector."""
    if not one or not other:
        return Like.UNKNOWN
    if one == other:
        return Like.EXACT
    if OSA.distance(one, other) == 1 and min(len(one), len(other)) >= 4:
        return Like.CLOSE
    return Like.ROUGH if len(one) >= 5 and one[:-2] == other[:-2] else Like.DIFFERENT


def numbers(one: str, other: str) -> Like:
    """Compares two telephone or National Insurance numbers, sign by sign."""
    if not one or not other:
        return Like.UNKNOWN
    if one == other:
        return Like.EXACT
    return Like.CLOSE if OSA.distance(one, other) == 1 else Like.DIFFERENT
