"""What the second process does (`beside`): reads some tables of a zip, or the end of a directory, and hands over its rows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from coachdesk.errors import Refusal, Trouble
from coachdesk.place import codepoint, directory
from coachdesk.place.archive import Archive
from coachdesk.place.beside import HEAD, hand_over
from coachdesk.place.packing import Rows


def main() -> int:
    """Reads what standard input asks for. 1: it could not; the one who asked reads it all again and says why."""
    if sys.stdin is None or sys.stdout is None:        # a window's program without a console, on some machines
        return 1
    try:
        path, names, start, areas = json.loads(sys.stdin.buffer.read())
        rows, done = Rows(), 0
        with Archive(Path(path)) as archive:
            share = (directory.gather(archive, start, rows, frozenset(areas)) if start
                     else codepoint.gather(archive, frozenset(names), rows, frozenset(areas)))
            for _, done in share:
                sys.stdout.buffer.write(HEAD.pack(done, 0, 0))
                sys.stdout.buffer.flush()
        hand_over(rows, done, sys.stdout.buffer)
    except (Refusal, Trouble, OSError, ValueError, KeyError):
        return 1
    return 0
