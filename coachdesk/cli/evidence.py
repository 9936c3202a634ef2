"""`evidence add` and `evidence get`: a file kept as proof of a person, a job or a piece of help, and taken out again."""

from __future__ import annotations

import argparse
import os
from typing import Any

from coachdesk.activity import actions, queries, rules
from coachdesk.cli import catalogue
from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import owner
from coachdesk.errors import Refusal, Trouble
from coachdesk.store import private

_OF = {"participant": "participant", "activity.job": "job", "activity": "intervention", "activity.intervention": "intervention"}


def evidence(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """add FILE ROOM ID FIELD=VALUE …, get ID --out FILE."""
    if options.deed == "add":
        _add(options, store, answer)
    else:
        _get(options, store, answer)


def _add(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    of = _OF.get(options.room.strip().lower())
    if of is None:
        raise Refusal(f"Evidence is not kept for {options.room}.", f"It is a proof of: {', '.join(_OF)}.")
    file = actions.file_at(options.file)
    with store.change(owner(store), "Add evidence") as session:
        given = catalogue.values(session, actions.add_evidence, options.fields, "activity.evidence")
        given[of] = catalogue.resolved(session, options.room, options.id)
        id = actions.keep_evidence(session, file, **given)
        (row,) = queries.evidence(session, id=id)
    said = f"{row.file_name}: {row.media}, {rules.size_words(row.size or 0)}, kept encrypted as proof of “{row.proves}” ({row.reference})."
    if row.warning:
        answer.note(row.warning)
    answer.give({"id": str(id), "media": row.media, "bytes": row.size, "warning": row.warning or None}, said)


def _get(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    with store.read() as session:
        kept = queries.kept_file(session, catalogue.resolved(session, "activity.evidence", options.id))
    try:
        with open(options.out, "xb", opener=private.opener) as file:
            file.write(kept.data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise Refusal(f"There is a file called {options.out.name} already.", "Choose another name; nothing was overwritten.") from None
    except OSError as problem:
        raise Trouble(f"{options.out.name} could not be written: {problem.strerror}.",
                      "Choose another place; nothing was changed.") from None
    answer.give({"file": options.out, "bytes": len(kept.data), "media": kept.media},
                f"{options.out}: {kept.media}, {rules.size_words(len(kept.data))}. It is no longer encrypted: delete it when you are done.")

