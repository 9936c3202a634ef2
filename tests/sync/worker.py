"""A process that meets people and syncs, for ever: `worker.py STORE KEY FOLDER SESSION`. Says each contact's id once it is acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import coachdesk.casework.every_room  # noqa: F401  every room's tables, as in the program
from coachdesk.clock import SystemClock
from coachdesk.outreach.record import Contact
from coachdesk.store import opening
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import turn


def main() -> None:
    """Meets two people, syncs, and again."""
    store = opening.open_store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), SystemClock())
    folder, held = Folder(Path(sys.argv[3])), UUID(sys.argv[4])
    print("ready", flush=True)
    number = 0
    while True:
        number += 1
        with store.change(store.desk.owner, "Logged two") as session:
            made = [Contact(session_id=held, name=f"Person {number} {i}", met_at=store.clock.now()) for i in range(2)]
            session.add_all(made)
        print(" ".join(contact.id.hex for contact in made), flush=True)
        turn(store, folder)


if __name__ == "__main__":
    main()
