"""Commands that make a store: init, restore, demo; and the passphrase."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

from coachdesk.cli.answer import Answer
from coachdesk.cli.run import lend, passphrase
from coachdesk.errors import Refusal, Trouble

DEMO_PASSPHRASE = "demo desk"      # noqa: S105  of the sample programme, printed in the README


def init(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """A new store from a programme template; the recovery code is shown this once."""
    from coachdesk.programme import rules

    text, name = template(options.programme)
    programme = rules.read_programme(text, name)
    path = options.store or parts.places.default_store
    secret = passphrase(parts, path, question="A new passphrase")
    code, findings = begin(parts, path, secret, options.owner, programme)
    for sentence in findings:
        answer.note(sentence)
    answer.give({"store": path, "owner": options.owner, "programme": programme.name, "lots": [lot.name for lot in programme.lots], "recovery_code": code,
                 "findings": findings},
                f"The store {path.name} is ready for {programme.name}.\n\nRecovery code, shown this once: {code}\n"
                "Print it or write it down, and keep it in a sealed envelope away from the laptop.")


def begin(parts: Any, path: Path, secret: str, owner: str, programme: Any, sample_day: Any = None) -> tuple[str, list[str]]:
    """Makes and furnishes a store; answers the recovery code and what the pairs' own editions say of them."""
    from coachdesk.programme import actions, queries
    from coachdesk.store import keys, opening

    def furnish(store: Any) -> None:
        lend(store, parts, None)
        with store.change(store.desk.owner, f"Begin {programme.name}", lasting=True) as session:
            actions.begin_programme(session, programme, store.desk.owner, store.desk.owner_name)

    store, code = opening.make_store(path, secret, owner, parts.clock, furnish=furnish, dice=parts.dice, cost=parts.cost or keys.STRONG, sample_day=sample_day)
    try:
        with store.read() as session:
            return code, queries.pair_findings(session)
    finally:
        store.close()


def template(name: str) -> tuple[str, str]:
    """The text and name of a template: a file, or one that ships. Trouble when there is none or it is no text."""
    from coachdesk.settings import resources

    path = Path(name)
    if not path.exists():
        shipped = resources() / "programmes" / (path.name if path.suffix == ".toml" else f"{path.name}.toml")
        if not shipped.exists():
            ships = ", ".join(sorted(each.stem for each in (resources() / "programmes").glob("*.toml")))
            raise Trouble(f"There is no programme template called {name}.", f"Templates that ship: {ships}. Nothing was made.")
        path = shipped
    try:
        return path.read_text(encoding="utf-8"), path.name
    except UnicodeDecodeError:
        raise Refusal(f"{path.name} is not a text file in UTF-8.", "Save it as UTF-8. Nothing was made.") from None
    except OSError as problem:
        raise Trouble(f"{path.name} cannot be read: {problem.strerror}.", "Nothing was made.") from None


def restore(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """The store anew from a backup, checked before it gets its name."""
    from coachdesk.store import backup

    path = options.store or parts.places.default_store
    path.parent.mkdir(parents=True, exist_ok=True)
    found = backup.restore(options.file, path, passphrase(parts, options.file), parts.clock)
    answer.give({"store": path, "integrity": found.integrity, "ops": found.ops, "digest": found.digest},
                f"Restored {path.name} from {options.file.name}: {found.ops:,} logged changes, checked.")


def change_passphrase(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """Another passphrase; the data and the recovery code stay as they are."""
    from coachdesk.store import keys

    path = options.store or parts.places.default_store
    keys.read(path)
    old = passphrase(parts, path, question="The passphrase now (or the recovery code)")
    new = passphrase(parts, path, variable="COACHDESK_NEW_PASSPHRASE", question="The new passphrase")
    keys.change_passphrase(path, old, new, parts.dice, parts.cost or keys.STRONG)
    answer.give({"store": path, "changed": True}, "The passphrase was changed. The recovery code stays the same.")


def demo(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """The sample programme: built through the rooms' own actions, opened as on 15 July 2020, or written to a folder."""
    from coachdesk import demo as sample

    headless = options.headless or options.out is not None or not parts.has_display()
    folder = Path(tempfile.mkdtemp(prefix="coachdesk-demo-")) if options.store is None and not headless else None
    out = options.out or Path("demo-out")
    if headless:
        out.mkdir(parents=True, exist_ok=True)
    path = options.store or (folder or out) / "sample.coachdesk"
    secret = os.environ.get("COACHDESK_PASSPHRASE") or DEMO_PASSPHRASE
    made = sample.prepare(parts, path, secret, people=options.people, seed=options.seed, note=answer.note)
    if not headless:
        answer.note(f"The passphrase of the sample is “{secret}”.")
        answer.exit_code = parts.open_window(parts, path, secret)
        return
    written = sample.write_documents(parts, path, secret, out)
    written += parts.take_pictures(parts, path, secret, out) if parts.take_pictures else []
    answer.give({"store": path, "recovery_code": made.recovery_code, "people": made.people, "files": written},
                "\n".join([f"The sample programme stands in {path} (passphrase “{secret}”).", *[str(each) for each in written]]))
