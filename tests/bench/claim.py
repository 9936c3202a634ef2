"""GOALS row 10: a million pieces of help of 10,000 people in nine lots over 42 months; what a claim of it costs.

The floor is the plain scan that groups all of it by lot, month and kind, with how many and how many people, in SQL over the same encrypted
file. Ours: every lot's 42 months priced anew (`claim ledger`, of which `claim check` proves that it is the ledger's own to the penny); one
lot's month worked out anew after the months before it were sent, its lines and sums alone, and with each of its 2,400 unpaid pieces of help
and the reason; the screen of a month that was sent. Times are the processor's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import process_time

from coachdesk.claim import actions, queries
from coachdesk.claim.queries import shown, worth
from coachdesk.clock import month_from_text
from coachdesk.programme import queries as programme
from coachdesk.store import raw
from tests.bench import Row
from tests.bench._big_store import Size, make_big_store

ROUNDS = 3
SIZE = Size(people=10_000, contacts=2_000, help=1_000_000, sessions=200)
MONTH, SENT = "2020-05", ("2018-12", "2019-06", "2019-12", "2020-03", "2020-04")
SCAN = ("select p.lot_id, substr(i.happened_on, 1, 7), i.kind, count(*), count(distinct i.participant_id), sum(i.minutes)"
        " from activity_intervention i join participant p on p.id = i.participant_id where i.is_meaningful group by 1, 2, 3")


def rows() -> list[Row]:
    """The whole contract, a lot-month in two ways, and the screen of a sent month, each against the scan."""
    with tempfile.TemporaryDirectory() as folder, closing(make_big_store(Path(folder) / "big.coachdesk", SIZE)) as store:
        with store.read() as session:
            lot = next(iter(programme.lot_names(session)))
        owner = store.desk.owner
        for month in SENT:
            made = store.act(owner, "draft", lambda session, month=month: actions.draft(session, lot=lot, month=month)).result
            store.act(owner, "send", lambda session, made=made: actions.send(session, made), lasting=True)
        with closing(raw.connect(store.path, store.key)) as plain, store.read() as session:
            number = month_from_text(MONTH)
            assert worth.figures(session, lot, number).lines == shown.narrow(session, lot, number).figures.lines
            floor, every, sums, one, screen = _in_turns(
                lambda: plain.execute(SCAN).fetchall(),
                lambda: queries.ledger(session),
                lambda: worth.figures(session, lot, number),
                lambda: shown.narrow(session, lot, number),
                lambda: queries.figures(session, lot=lot, month=SENT[0]),
            )
    return [Row("10 claim", "every lot's 42 months priced anew, 1,000,000 pieces of help", floor, every, 0.35),
            Row("10 claim", "one lot-month worked out anew: lines, floor, sums", floor, sums, 0.02),
            Row("10 claim", "the same with every unpaid piece of help and its reason", floor, one, 0.02),
            Row("10 claim", "the screen of a lot's sent month", floor, screen, 0.01)]


def _in_turns(*works: Callable[[], object]) -> list[float]:
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for at, work in enumerate(works):
            begun = process_time()
            work()
            best[at] = min(best[at], process_time() - begun)
    return best


if __name__ == "__main__":
    for row in rows():
        print(row.said())
