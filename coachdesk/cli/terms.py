"""`claim terms`: a new version of the contract's terms into the store, or the terms that stand there out as a file to change."""

from __future__ import annotations

import argparse
from typing import Any

from coachdesk.claim import actions, queries, rules
from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import owner
from coachdesk.errors import Refusal


def terms(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """claim terms FILE [--dry-run], or claim terms --out FILE."""
    if (options.file is None) == (options.out is None):
        raise Refusal("Give a file of terms to bring in, or --out with a new file to write them to.", "Nothing was changed.")
    if options.out is not None:
        with store.read() as session:
            queries.write_terms(session, options.out)
        answer.give({"file": options.out}, f"The terms stand in {options.out.name}.")
        return
    text = queries.text_of_terms(options.file)
    if options.dry_run:
        with store.read() as session:
            found = queries.preview_terms(session, text, options.file.name)
    else:
        found = store.act(owner(store), "Bring in the contract's terms",
                          lambda session: actions.bring_terms(session, text=text, name=options.file.name)).result
    told = {"is_done": not options.dry_run, "added": found.added, "ended": found.ended, "changed": found.changed, "gone": found.gone,
            "effects": [{"lot": each.lot, "month": each.month, "before_pence": each.before_pence, "after_pence": each.after_pence,
                         "corrections_pence": each.corrections_pence} for each in found.effects]}
    answer.give(told, _said(found, options.dry_run))


def _said(found: queries.TermsBrought, is_dry: bool) -> str:
    lines = ["Nothing was changed; brought in, this would be:" if is_dry else "The terms are brought in:"]
    for name, words in (("new", found.added), ("ends on another day", found.ended), ("written otherwise", found.changed),
                        ("no longer there", found.gone)):
        lines += [f"  {name}: {each}" for each in words]
    for each in found.effects:
        corrected = f", {rules.pounds(each.corrections_pence)} of it corrects what was sent" if each.corrections_pence else ""
        lines.append(f"  {each.lot}, {each.month}: {rules.pounds(each.before_pence)} becomes {rules.pounds(each.after_pence)}{corrected}")
    return "\n".join(lines)
