"""What `report` writes that is no PDF: an e-mail draft about a referral, and an appointment for a calendar."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from coachdesk.cli import catalogue
from coachdesk.cli.answer import Answer
from coachdesk.errors import Refusal, Trouble

EMAIL, CALENDAR = "referral-email", "referral-ics"
LETTERS = (EMAIL, CALENDAR)


def write(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """One of LETTERS, of --referral; readable by its owner alone, since it is about a person."""
    from coachdesk.exchange import referrals
    from coachdesk.store import private

    if options.referral is None:
        raise Refusal(f"{options.name} is of one referral.", "Say which with --referral. Nothing was written.")
    with store.read() as session:
        referral = catalogue.resolved(session, "referral", options.referral)
        content = (referrals.email_draft if options.name == EMAIL else referrals.next_visit_file)(session, referral)
    out: Path = options.out
    try:
        with open(out, "wb", opener=private.opener) as file:
            file.write(content)
    except OSError as problem:
        raise Trouble(f"{out} could not be written: {problem.strerror}.", "Choose another place. Nothing was written.") from None
    answer.give({"file": out, "bytes": len(content)}, f"{out}: {len(content):,} bytes.")
