"""`duplicates`: who is likely one person, in the store or, without store and passphrase, in a csv file."""

from __future__ import annotations

import argparse
from typing import Any

from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import opened


def duplicates(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """JSON `pairs [{a, b, score, reasons}]`, the likeliest first."""
    if options.csv is not None:
        from coachdesk.exchange.duplicates import in_csv

        found = in_csv(options.csv)
    else:
        found = _in_store(options, parts)
    shown = [
        f"{pair.get('a_reference', pair['a'])}  {pair.get('b_reference', pair['b'])}  {pair['score']:.2f}  {', '.join(pair['reasons'])}"
        for pair in found
    ]
    answer.give({"pairs": found}, "\n".join(shown) or "Nobody looks like anybody else.")


def _in_store(options: argparse.Namespace, parts: Any) -> list[dict[str, Any]]:
    from coachdesk.participant import queries

    with opened(options, parts) as store, store.read() as session:
        return [
            {
                "a": str(row.a),
                "b": str(row.b),
                "score": row.score,
                "reasons": list(row.reasons),
                "a_reference": row.a_reference,
                "b_reference": row.b_reference,
            }
            for row in queries.likely_pairs(session)
        ]
