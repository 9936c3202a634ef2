"""Whether we were there: weeks of a place or a coach as signs, what is missing in them, and how long."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

PRESENT, COVERED, CALLED_OFF, ABSENT, NOTHING = "P", "C", "X", "–", "·"
SIGN_WORDS = {PRESENT: "present", COVERED: "covered by somebody else", CALLED_OFF: "called off", ABSENT: "expected, and nobody was there",
              NOTHING: "nothing expected"}
WORTH_SAYING = 4        # weeks without anybody there


def monday(on: date) -> date:
    """The first day of a week."""
    return on - timedelta(days=on.weekday())


def weeks_between(since: date, until: date) -> list[date]:
    """The Mondays of all weeks from one day to another, both included."""
    first = monday(since)
    return [first + timedelta(weeks=at) for at in range((monday(until) - first).days // 7 + 1)]


def signs_of(weeks: Sequence[date], *, there: Collection[date], covered: Collection[date], called_off: Collection[date],
             expected: Collection[date]) -> tuple[str, ...]:
    """Weeks as signs: being there counts most, then cover, then a word that it was called off."""
    at = {week: place for place, week in enumerate(weeks)}
    signs = [NOTHING] * len(at)
    for sign, those in ((ABSENT, expected), (CALLED_OFF, called_off), (COVERED, covered), (PRESENT, there)):
        for week in those:
            if week in at:
                signs[at[week]] = sign
    return tuple(signs)


def longest_gap(weeks: Sequence[date], there: Collection[date], known_since: date | None, today: date) -> tuple[int, date | None]:
    """The most whole weeks in a row in which nobody was there, and the Monday on which they began; (0, None) without any.

    Weeks before the first time ever do not count, and the week of today only once it is over.
    """
    longest, began, run, start = 0, None, 0, None
    if known_since is None:
        return longest, began
    first, over = monday(known_since), today - timedelta(days=6)
    for week in weeks:
        if week < first or week >= over:
            continue
        if week in there:
            run = 0
            continue
        run, start = run + 1, week if run == 0 else start
        if run > longest:
            longest, began = run, start
    return longest, began


def weeks_since(last: date | None, today: date) -> int | None:
    """Whole weeks since somebody was there last; None when nobody ever was."""
    return None if last is None else max(0, (today - last).days // 7)


def gap_words(longest: int, began: date | None, since: int | None) -> str:
    """A gap that is worth saying, in words; empty for none."""
    if since is None:
        return "nobody was there yet"
    if since >= WORTH_SAYING:
        return f"nobody for {since} weeks"
    if longest >= WORTH_SAYING and began is not None:
        return f"{longest} weeks from {began.day} {began:%b %Y}"
    return ""
