"""What became of a feed, or would: counts, what a coach has to look at, and the id by which it is taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

NEW, CHANGED, SAME = "new", "changed", "as before"
MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Something to look at: where in the file, and what."""

    path: str
    says: str


@dataclass(frozen=True, slots=True)
class ThingRow:
    """One organisation or service of a feed. state: new, changed or as before; says: what about it changes, or is odd."""

    what: str
    name: str
    organisation: str
    state: str
    says: str


@dataclass
class Report:
    """Everything that became of a feed. import_id: to take it back; None for a dry run, or when nothing was to be changed."""

    file: str
    form: str
    things: list[ThingRow] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    gone: int = 0
    more_notes: int = 0
    import_id: UUID | None = None
    changes: Any = None

    def count(self, what: str, state: str) -> int:
        """How many organisations ("organisation") or services ("service") are in a state."""
        return sum(1 for thing in self.things if thing.what == what and thing.state == state)

    def note(self, path: str, says: str) -> None:
        """Adds something to look at; beyond MOST_NOTES they are only counted."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append(NoteRow(path, says))
        else:
            self.more_notes += 1

    @property
    def touched(self) -> int:
        """How many organisations, services, terms and fields of the page are new or changed."""
        return sum(1 for thing in self.things if thing.state != SAME)

    def sentence(self, *, is_trial: bool) -> str:
        """All of it in one line."""
        parts = []
        for what, many in (("organisation", "organisations"), ("service", "services"), ("term", "terms"), ("page field", "page fields")):
            counts = [(self.count(what, state), state) for state in (NEW, CHANGED, SAME)]
            if any(number for number, _ in counts):
                total = sum(number for number, _ in counts)
                parts.append(f"{total:,} {what if total == 1 else many} ({', '.join(f'{n:,} {state}' for n, state in counts if n)})")
        would = "would come in" if is_trial else "came in"
        said = f"{self.file}: {'; '.join(parts) or 'nothing'} {would}." if self.touched or not self.things else (
            f"{self.file}: everything is known already ({'; '.join(parts)}).")
        return f"{said} {self.gone} opening times or places are no longer in it." if self.gone else said
