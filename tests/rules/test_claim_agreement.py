"""The three figures of every month agree through their named differences, whatever was corrected, rejected, queried or claimed again."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.claim.queries.agreement import on_desk
from coachdesk.claim.rules import PAID, QUERIED, REJECTED, TOP_UP, Said, SentClaim, SentLine, figures, top_up_line
from coachdesk.claim.rules import agreement as agreeing
from tests.rules.test_claim_answers import DAY, Book
from tests.rules.test_claim_history import LOTS, MONTHS, TERMS, people, rounds


@settings(max_examples=60, deadline=None)
@given(st.lists(rounds, min_size=5, max_size=5), st.integers(0, 1_000_000))
def test_desk_sent_and_paid_differ_by_exactly_what_is_named(history: list[tuple], seed: int) -> None:
    deeds, book, dice = {}, Book(), random.Random(seed)
    lot, kept, payable, paid = LOTS[0], [], {}, {}
    for month, (arriving, deleted, ineligible) in zip(MONTHS, history, strict=True):
        deeds |= {deed.id: deed for deed in arriving}
        deeds = {key: deed for key, deed in deeds.items() if key not in deleted}
        who = people(ineligible)
        if dice.random() < 0.15:
            continue
        at = book.now()
        made = figures(TERMS, lot, lot, month, who, deeds.values(), book.taken(at), book.claims, book.rejected(at))
        top_up = top_up_line(lot, month, made.floor) if made.floor else None
        for line in (*made.lines, *([top_up] if top_up else [])):
            book.lines.append(SentLine(line.claimable, line.amount_pence, month, f"{month}", line.milestone, line.subject, line.person,
                                       line.earned_month, line.rule, line.clause, line.title, line.deeds))
            book.said.append([])
            book.drafted.setdefault(line.claimable, []).append(at)
            kept.append(line)
        book.claims.append(SentClaim(f"{month}", lot, month, made.payable_pence))
        payable[month], paid[month] = made.payable_pence, dice.random() < 0.5
        book.answer(dice)
        for said in book.said:
            if dice.random() < 0.2:
                said.append(Said(dice.choice([PAID, QUERIED, REJECTED]), DAY, book.now(), dice.choice([None, 1, 25_000])))
    at = book.now()
    lines = [agreeing.OnClaim(line.claimable, line.milestone, line.title, line.person, line.month, line.earned_month, line.amount_pence,
                              line.value_pence, line.taken_pence, line.reason, stands, paid[line.month], number)
             for number, (line, stands) in enumerate(zip(kept, book.stands(at), strict=True), 1)]
    fresh = figures(TERMS, lot, lot, MONTHS[-1], who, deeds.values(), book.taken(at), book.claims, book.rejected(at))
    desk = on_desk(lines, fresh)
    for month in MONTHS:
        told = dice.choice([None, 0, 123_456]) if paid.get(month) else None
        cells = agreeing.agree(month, desk, lines, month in payable, told)
        for cell in [*cells, agreeing.total(cells)]:
            for between, left, right in ((agreeing.DESK_SENT, (cell.desk_count, cell.desk_pence), (cell.sent_count, cell.sent_pence)),
                                         (agreeing.SENT_PAID, (cell.sent_count, cell.sent_pence), (cell.paid_count, cell.paid_pence))):
                gaps = [gap for gap in cell.gaps if gap.between == between]
                assert left[0] + sum(gap.count for gap in gaps) == right[0]
                assert left[1] + sum(gap.pence for gap in gaps) == right[1]
                assert all(gap.words and gap.cause in agreeing.CAUSES for gap in gaps)
        whole = agreeing.total(cells)
        assert whole.sent_pence == payable.get(month, 0)
        assert told is None or whole.paid_pence == told
        assert sum(pence for _many, _count, pence in agreeing.by_cause(whole.gaps).values()) == whole.paid_pence - whole.desk_pence
    assert all(line.milestone != TOP_UP for line in desk)
