"""Rejections and lines claimed again, in random histories: nothing is paid for twice, nothing that counts is lost."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.claim.rules import (
    AGAIN,
    PAID,
    REJECTED,
    Refused,
    Said,
    SentClaim,
    SentLine,
    Standing,
    figures,
    rejections,
    rerun,
    standing,
    values,
)
from coachdesk.clock import last_day, month_of
from tests.rules.test_claim_history import LOTS, MONTHS, TERMS, people, rounds

NOON = datetime(2020, 6, 1, 12, tzinfo=UTC)
DAY = date(2020, 6, 1)


def said(answer: str, minute: int) -> Said:
    return Said(answer, DAY, NOON + timedelta(minutes=minute))


def test_the_newest_answer_counts_and_claiming_again_holds_only_after_a_rejection() -> None:
    assert standing([]) == Standing()
    assert standing([said(REJECTED, 2), said(PAID, 1)]).answer == REJECTED
    assert standing([said(REJECTED, 1), said(AGAIN, 2)]).again_at == NOON + timedelta(minutes=2)
    assert standing([said(REJECTED, 1), said(AGAIN, 2), said(REJECTED, 3)]).again_at is None
    assert standing([said(REJECTED, 1), said(AGAIN, 2), said(PAID, 3)]) == Standing(PAID, said(PAID, 3), None)


def test_a_decision_that_a_later_claim_carried_out_says_nothing_more() -> None:
    line = Refused("x", 24_240, Standing(REJECTED, said(REJECTED, 1), NOON + timedelta(minutes=2)))
    assert rejections([line], {"x": [NOON]})["x"].is_again
    assert rejections([line], {"x": [NOON, NOON + timedelta(minutes=3)]}) == {}
    held = Refused("x", 24_239, Standing(REJECTED, said(REJECTED, 1)))
    assert not rejections([line, held], {})["x"].is_again


@dataclass
class Book:
    """What went out, what was said of it, and a clock that counts minutes."""

    lines: list[SentLine] = field(default_factory=list)
    said: list[list[Said]] = field(default_factory=list)
    drafted: dict[str, list[datetime]] = field(default_factory=dict)
    claims: list[SentClaim] = field(default_factory=list)
    minute: int = 0

    def now(self) -> datetime:
        self.minute += 1
        return NOON + timedelta(minutes=self.minute)

    def stands(self, at: datetime) -> list[Standing]:
        return [standing(one for one in each if one.at <= at) for each in self.said]

    def taken(self, at: datetime) -> list[SentLine]:
        return [line for line, stands in zip(self.lines, self.stands(at), strict=True) if stands.is_taken]

    def rejected(self, at: datetime) -> dict[str, object]:
        refused = [Refused(line.claimable, line.month, stands)
                   for line, stands in zip(self.lines, self.stands(at), strict=True) if not stands.is_taken]
        return dict(rejections(refused, {key: [one for one in when if one < at] for key, when in self.drafted.items()}))

    def answer(self, dice: random.Random) -> None:
        for each, stands in zip(self.said, self.stands(NOON + timedelta(minutes=self.minute)), strict=True):
            if stands.answer == REJECTED:
                what = dice.choice([None, AGAIN, AGAIN, PAID])
            else:
                what = dice.choice([None, None, PAID, REJECTED])
            if what is not None:
                each.append(Said(what, DAY, self.now()))


@settings(max_examples=60, deadline=None)
@given(st.lists(rounds, min_size=5, max_size=5), st.integers(0, 1_000_000))
def test_with_rejections_and_lines_claimed_again_the_ledger_never_counts_anything_twice(history: list[tuple], seed: int) -> None:
    deeds, book, dice = {}, Book(), random.Random(seed)
    reruns = []
    for month, (arriving, deleted, ineligible) in zip(MONTHS, history, strict=True):
        deeds |= {deed.id: deed for deed in arriving}
        deeds = {key: deed for key, deed in deeds.items() if key not in deleted}
        who = people(ineligible)
        for lot in dice.sample(LOTS, 2):
            at = book.now()
            lines, refused = book.taken(at), book.rejected(at)
            made = figures(TERMS, lot, lot, month, who, deeds.values(), lines, book.claims, refused)
            assert all(line.amount_pence == line.value_pence - line.taken_pence != 0 for line in made.lines)
            for line in made.lines:
                held = refused.get(line.claimable)
                assert line.amount_pence < 0 or line.value_pence == 0 or held is None or held.is_again
            claim = SentClaim(f"{lot} {month}", lot, month, made.payable_pence)
            reruns.append((at, claim, who, list(deeds.values()), list(book.claims)))
            for line in made.lines:
                book.lines.append(SentLine(line.claimable, line.amount_pence, month, claim.id, line.milestone, line.subject, line.person,
                                           line.earned_month, line.rule, line.clause, line.title, line.deeds))
                book.said.append([])
                book.drafted.setdefault(line.claimable, []).append(at)
            book.claims.append(claim)
        worth = Counter({value.claimable: value.amount_pence for value in values(TERMS, who, deeds.values(), last_day(month))[0]})
        at = book.now()
        sums: Counter[str] = Counter()
        for line in book.taken(at):
            sums[line.claimable] += line.amount_pence
        held = book.rejected(at)
        for claimable in worth.keys() | sums.keys():
            assert sums[claimable] <= worth[claimable]
            assert claimable in held or sums[claimable] == worth[claimable]
        book.answer(dice)
    for at, claim, who, then, before in reruns:
        own = [line for line in book.lines if line.claim == claim.id]
        again = rerun(TERMS, claim.lot, claim, who, then, [*[line for line in book.taken(at) if line.claim != claim.id], *own],
                      [*before, claim], book.rejected(at))
        assert [(d.sent_pence, d.now_pence) for d in again.differences if d.milestone != "top_up"] == []


def test_a_rejected_line_leaves_the_count_at_once_and_comes_back_once() -> None:
    from coachdesk.claim.rules import Deed

    deed = Deed("1", "A", LOTS[0], "job", date(2020, 3, 12), True, "", "job")
    month, who = month_of(deed.on), people(set())
    first = figures(TERMS, LOTS[0], LOTS[0], month, who, [deed], [], [])
    (line,) = first.lines
    claim = SentClaim("c", LOTS[0], month, first.payable_pence)
    held = rejections([Refused(line.claimable, month, Standing(REJECTED, said(REJECTED, 1)))], {line.claimable: [NOON]})
    after = figures(TERMS, LOTS[0], LOTS[0], month + 1, who, [deed], [], [claim], held)
    assert after.lines == () and "rejected by the commissioner" in after.waiting[0].reason
    open_ = rejections([Refused(line.claimable, month, Standing(REJECTED, said(REJECTED, 1), NOON + timedelta(minutes=5)))],
                       {line.claimable: [NOON]})
    (again,) = figures(TERMS, LOTS[0], LOTS[0], month + 1, who, [deed], [], [claim], open_).lines
    assert (again.amount_pence, again.reason) == (120_000, "claimed again: rejected in the claim of March 2020")
