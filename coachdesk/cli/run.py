"""From parsed words to the command itself. Each family of commands is imported only when it is asked for."""

from __future__ import annotations

import argparse

from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import World, opened


def command(options: argparse.Namespace, parts: World, answer: Answer) -> None:
    """Runs one parsed command."""
    parts = parts.on(options.today)
    name = options.command
    if name in ("postcodes", "boundaries", "describe", "eligibility"):
        from coachdesk.cli import places

        getattr(places, name)(options, parts, answer)
    elif name == "duplicates":
        from coachdesk.cli import duplicates

        duplicates.duplicates(options, parts, answer)
    elif name in ("init", "restore", "passphrase", "demo"):
        from coachdesk.cli import beginning

        getattr(beginning, "change_passphrase" if name == "passphrase" else name)(options, parts, answer)
    elif name == "import":
        from coachdesk.cli import bringing

        with opened(options, parts) as store:
            bringing.bring(options, store, answer)
    elif name == "partners":
        from coachdesk.cli import feeds

        with opened(options, parts) as store:
            feeds.partners(options, store, answer)
    elif name == "evidence":
        from coachdesk.cli import evidence

        with opened(options, parts) as store:
            evidence.evidence(options, store, answer)
    elif name == "claim" and options.deed == "terms":
        from coachdesk.cli import terms

        with opened(options, parts) as store:
            terms.terms(options, store, answer)
    elif name == "claim":
        from coachdesk.cli import claims

        with opened(options, parts) as store:
            claims.claim(options, store, answer)
    elif name == "team":
        from coachdesk.cli import teaming

        teaming.team(options, parts, answer)
    elif name == "sync":
        from coachdesk.cli import sharing

        with opened(options, parts) as store:
            sharing.sync(options, store, answer)
    else:
        from coachdesk.cli import desk

        with opened(options, parts) as store:
            getattr(desk, name)(options, store, answer)
