"""A process that saves contacts, each announced on stdout once it is acknowledged: `saver.py STORE KEY SESSION COUNT`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import coachdesk.casework.every_room  # noqa: F401  every room's tables, as in the program
from coachdesk.clock import FixedDay
from coachdesk.outreach.record import Contact
from coachdesk.store import opening


def main() -> None:
    """Saves three contacts a transaction, in two flushes, for ever or COUNT times."""
    store = opening.open_store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), FixedDay(date(2020, 5, 12)))
    held, left = UUID(sys.argv[3]), int(sys.argv[4])
    print("ready", flush=True)
    while left:
        with store.change(store.desk.owner, "Logged three") as session:
            made = [Contact(session_id=held, name=f"Person {left} {i}", met_at=store.clock.now(), topics=["cv help"]) for i in range(3)]
            session.add_all(made[:2])
            session.flush()
            session.add(made[2])
        print(" ".join(contact.id.hex for contact in made), flush=True)
        left -= 1
    store.close()


if __name__ == "__main__":
    main()
