"""Commands that make a store: init, restore, demo; and the passphrase."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import passphrase, store_path
from coachdesk.cli.values import clean
from coachdesk.errors import Trouble

DEMO_PASSPHRASE = "demo desk"


def init(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """A new store from a programme template; the recovery code is shown this once."""
    path = store_path(options, parts)
    secret = passphrase(parts, path, question="A new passphrase", is_new=True)
    code, findings = parts.make_store(path, secret, clean(options.owner, "The owner's name"), options.programme)
    for sentence in findings:
        answer.note(sentence)
    answer.give(
        {"store": path, "owner": options.owner, "recovery_code": code, "findings": findings},
        f"The store {path.name} is ready.\n\nRecovery code, shown this once: {code}\n"
        "Print it or write it down, and keep it in a sealed envelope away from the laptop.",
    )


def restore(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """The store anew from a backup, checked before it gets its name."""
    from coachdesk.casework import every_room  # noqa: F401  the check must know all of its tables, and no store is opened here
    from coachdesk.store import backup

    path = store_path(options, parts)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Trouble(f"The store could not be made: {problem.strerror}.", "Choose another folder; nothing was changed.") from None
    found = backup.restore(options.file, path, passphrase(parts, options.file), parts.clock)
    answer.give(
        {"store": path, "integrity": found.integrity, "ops": found.ops, "digest": found.digest},
        f"Restored {path.name} from {options.file.name}: {found.ops:,} logged changes, checked.",
    )


def change_passphrase(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """Another passphrase; the data and the recovery code stay as they are."""
    from coachdesk.store import keys

    path = store_path(options, parts)
    keys.read(path)
    old = passphrase(parts, path, question="The passphrase now (or the recovery code)")
    new = passphrase(parts, path, variable="COACHDESK_NEW_PASSPHRASE", question="The new passphrase", is_new=True)
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
        try:
            answer.exit_code = parts.open_window(parts, path, secret)
        finally:
            if folder is not None:                  # nobody named this store, so nobody would find it again
                shutil.rmtree(folder, ignore_errors=True)
        return
    written = sample.write_documents(parts, path, secret, out)
    written += parts.take_pictures(parts, path, secret, out) if parts.take_pictures else []
    answer.give(
        {"store": path, "recovery_code": made.recovery_code, "people": made.people, "files": written},
        "\n".join([f"The sample programme stands in {path} (passphrase “{secret}”).", *[str(each) for each in written]]),
    )
