"""One record's story: what its ops say of it, whatever order they arrive in, however often (SYNC.md section 3).

The heads of a field are the stamps that no other edit names as its base. A tombstone names the heads that its writer saw; an edit that it
did not see keeps the record alive. Members of a set are added by uid and removed by the uids that were seen.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from coachdesk.store.log import added

Values = dict[str, tuple[tuple[str, ...], Any]]  # by field: the stamps of its heads in order, and the value that stands


class Edit(NamedTuple):
    """A set op as the conflict desk sees it. knew: the newest stamp of the record that its writer had seen; empty where it made it."""

    stamp: str
    knew: str
    fields: frozenset[str]


class Story:
    """Everything that is known of one record; apply() may be called in any order."""

    __slots__ = ("dead", "edits", "entity", "removed", "replaced", "retold", "sets", "values")

    def __init__(self, entity: str) -> None:
        self.entity = entity
        self.values: dict[str, dict[str, Any]] = defaultdict(dict)       # field -> stamp -> value
        self.replaced: dict[str, set[str]] = defaultdict(set)            # field -> stamps that later edits name as their base
        self.sets: dict[str, dict[str, str]] = defaultdict(dict)         # field -> uid -> word
        self.removed: set[str] = set()
        self.dead: dict[str, frozenset[str]] = {}                        # stamp of a tombstone -> heads that it saw
        self.edits: list[Edit] = []
        self.retold: dict[str, set[str]] = defaultdict(set)              # field -> stamps that yield to every other one

    def apply(self, op_id: bytes, stamp: str, head: dict[str, Any], secret: dict[str, Any] | None) -> None:
        """Takes one op. secret: the opened payload; None when its small key is not here (then only heads count)."""
        if "x" in head:
            self.dead[stamp] = frozenset(head["x"])
            return
        for name in head.get("w", ()):
            self.retold[name].add(stamp)
        bases: dict[str, list[str]] = head.get("b", {})
        names: set[str] = set()
        for part in (head, secret or {}):
            for name, value in part.get("v", {}).items():
                self.values[name][stamp] = value
                names.add(name)
            for name, moved in part.get("s", {}).items():
                self.values[name][stamp] = None
                self.sets[name].update(added(op_id.hex(), moved))
                self.removed.update(moved.get("rem", ()))
                names.add(name)
        for name in names:
            self.replaced[name].update(bases.get(name, ()))
        knew = max([head.get("r", ""), *(stamp for stamps in bases.values() for stamp in stamps)])
        self.edits.append(Edit(stamp, knew, frozenset(names)))

    def heads(self, name: str) -> list[str]:
        """The stamps of a field that nothing replaces, the one that stands last; what was only retold yields to what was told."""
        heads = self.values[name].keys() - self.replaced.get(name, ())
        return sorted(heads - self.retold[name] or heads) if name in self.retold else sorted(heads)

    @property
    def is_live(self) -> bool:
        """Whether some head of the record was unseen by every tombstone."""
        if not self.dead:
            return bool(self.values)
        heads = {stamp for name in list(self.values) for stamp in self.heads(name)}
        return bool(heads) and not any(heads <= seen for seen in self.dead.values())

    def words(self, name: str) -> dict[str, str]:
        """The members of a set by their uids, those that were removed left out."""
        return {uid: word for uid, word in self.sets.get(name, {}).items() if uid not in self.removed}

    def value(self, name: str) -> Any:
        """What stands in a field: the words of a set in order, else the value under the greatest head."""
        return sorted(set(self.words(name).values())) if name in self.sets else self.values[name][self.heads(name)[-1]]

    def all_values(self) -> Values:
        """Every field that any op speaks of, with its heads and what stands in it."""
        return {name: (tuple(self.heads(name)), self.value(name)) for name in self.values}

    def stamps(self) -> dict[str, Any]:
        """What `version` keeps of it: the heads of each field, the members of each set by uid, and a tombstone that it survived (k)."""
        kept: dict[str, Any] = {"f": {name: self.heads(name) for name in self.values}}
        if self.dead:
            kept["k"] = max(self.dead)
        if self.sets:
            kept["s"] = {name: self.words(name) for name in self.sets}
        return kept

    def torn(self) -> list[str]:
        """The fields that two people filled differently without knowing of each other, in order of name."""
        return sorted(name for name in self.values if name not in self.sets and self._differ(name))

    def _differ(self, name: str) -> bool:
        heads = self.heads(name)
        first, *others = (self.values[name][stamp] for stamp in heads)
        return any(other != first for other in others)

    @property
    def was_deleted_unseen(self) -> bool:
        """Whether somebody deleted the record and no edit knows of that."""
        return bool(self.dead) and not any(edit.knew >= max(self.dead) for edit in self.edits)

    def beside(self, stamps: set[str], writer: dict[str, bytes]) -> list[tuple[str, str]]:
        """Pairs of edits of different fields by different devices that did not know of each other, one of them among `stamps`."""
        edits = sorted(edit for edit in self.edits if edit.knew)
        found = []
        for place, later in enumerate(edits):
            for earlier in edits[:place]:
                is_new = earlier.stamp in stamps or later.stamp in stamps
                apart = earlier.stamp > later.knew and not earlier.fields & later.fields
                if is_new and apart and writer.get(earlier.stamp) != writer.get(later.stamp):
                    found.append((earlier.stamp, later.stamp))
        return found
