"""Rules broken on purpose: the simulation has teeth only if each of these is caught (SYNC.md section 11, T2).

One is missing on purpose: with sync by hashes a copied laptop that goes on under its old incarnation harms nothing (SYNC.md section 3 says
so of its model, and so it was here); that check is for the hub and the audit, and has tests of its own.

`python -m tests.sync.broken` breaks each in turn, until a history fails, and says after how many; it exits 1 where one was not caught.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from coachdesk.store import arrival, log, refold, story, travel
from coachdesk.sync import publish, receive, roster, segments, shelf, turn

MOST = 250      # histories


def _wall_clock_stamps(now: Any, op_id: Any, bases: list[str]) -> log.Stamp:
    return now.ms, now.counter, op_id.hex


def _no_bases(real: Callable[..., Any]) -> Callable[..., Any]:
    def forgetful(*words: Any, **more: Any) -> Any:
        draft = real(*words, **more)
        draft.head.pop("b", None)
        return draft
    return forgetful


def _any_tombstone_kills(self: story.Story) -> bool:
    return bool(self.values) and not self.dead


def _removes_by_word(self: story.Story, name: str) -> dict[str, str]:
    gone = {word for uid, word in self.sets.get(name, {}).items() if uid in self.removed}
    return {uid: word for uid, word in self.sets.get(name, {}).items() if word not in gone}


def _above_my_cursor(real: Callable[..., Any]) -> Callable[..., Any]:
    def unread(entries: list[Any], held: list[Any], parked: dict[str, Any]) -> list[Any]:
        ends: dict[tuple[bytes, bytes], int] = {}
        for row in held:
            ends[row.dev, row.inc] = max(ends.get((row.dev, row.inc), 0), row.last)
        return [one for one in real(entries, held, parked)
                if (told := segments.hint(one.name)) is None or told.last > ends.get((told.dev, told.inc), 0)]
    return unread


def _known_by_number(real: Callable[..., Any]) -> Callable[..., Any]:
    def unread(entries: list[Any], held: list[Any], parked: dict[str, Any]) -> list[Any]:
        known = {(row.dev, row.inc, row.first) for row in held}
        return [one for one in real(entries, held, parked)
                if (told := segments.hint(one.name)) is None or (told.dev, told.inc, told.first) not in known]
    return unread


def _nobody_named(*_words: Any) -> bool:
    return False


def _nobody_woken(*_words: Any) -> dict[bytes, str]:
    return {}


def _no_late_keys(*_words: Any) -> Iterator[int]:
    yield from ()


def _never_judged_again(*_words: Any) -> None:
    return None


def _own_segments_only(real: Callable[..., Any]) -> Callable[..., Any]:
    def put(store: Any, carrier: Any, ring: Any, digests: list[bytes], there: set[str]) -> Any:
        with shelf.reading(store) as connection:
            own = {row.hash for row in shelf.segments(connection) if row.dev == store.desk.device}
        return real(store, carrier, ring, [one for one in digests if one in own], there)
    return put


def _forgets_newer_fields(real: Callable[..., Any]) -> Callable[..., Any]:
    def take_in(store: Any, batches: Any, **more: Any) -> Any:
        kept = [batch._replace(ops=[op for op in batch.ops if op.entity not in store.hidden]) for batch in batches]
        return real(store, kept, **more)
    return take_in


def _earliest_stands(self: story.Story, name: str) -> list[str]:
    return sorted(self.values[name].keys() - self.replaced.get(name, ()), reverse=True)


def _not_told(*_words: Any) -> bool:
    return False


RULES: dict[str, Callable[[], Any]] = {
    "a stamp need not exceed its bases": lambda: patch.object(log, "_stamp", _wall_clock_stamps),
    "an edit names no bases": lambda: patch.object(log, "_set", _no_bases(log._set)),
    "any deletion wins": lambda: patch.object(story.Story, "is_live", property(_any_tombstone_kills)),
    "the earlier of two values stands": lambda: patch.object(story.Story, "heads", _earliest_stands),
    "a set forgets by word and not by uid": lambda: patch.object(story.Story, "words", _removes_by_word),
    "above my cursor instead of the set of hashes": lambda: patch.object(receive, "unread", _above_my_cursor(receive.unread)),
    "segments are known by their numbers": lambda: patch.object(receive, "unread", _known_by_number(receive.unread)),
    "what a live record names is not kept": lambda: patch.object(refold, "_is_named", _nobody_named),
    "what waits is never woken": lambda: patch.object(refold, "_woken", _nobody_woken),
    "small keys that come late are not learned": lambda: patch.object(receive, "late_keys", _no_late_keys),
    "the log is not judged again": lambda: patch.object(roster, "judge_again", _never_judged_again),
    "nobody heals for others": lambda: patch.object(publish, "put", _own_segments_only(publish.put)),
    "what is derived is not told": lambda: patch.object(arrival, "tell", _not_told),
    "newer kinds are dropped": lambda: patch.object(travel, "take_in", _forgets_newer_fields(travel.take_in)),
    "heads are not written after an exchange": lambda: patch.object(refold, "_versions", lambda *_words: None),
    "a deletion sees nothing": lambda: patch.object(log, "_deleted", _blind(log._deleted)),
    "keys of a segment are not put back": lambda: patch.object(turn._Turn, "_put_keys", lambda *_words: iter(())),
}


def _blind(real: Callable[..., Any]) -> Callable[..., Any]:
    def deleted(*words: Any) -> Any:
        draft = real(*words)
        draft.head["x"] = draft.head["x"][:-1]
        return draft
    return deleted


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Breaks a rule; none where the name is empty."""
    if not name:
        yield
        return
    with RULES[name]():
        yield


def caught(stage: Any, name: str, seeds: range) -> int | None:
    """The first seed whose history fails with the rule broken; None where none does."""
    from tests.sync.simulate import history

    with broken(name):
        for seed in seeds:
            try:
                history(stage, seed)
            except Exception:  # whatever it is: the rule was missed
                return seed
    return None


def main(words: list[str]) -> int:
    """Breaks each rule in turn; 1 where one was not caught."""
    from tests.sync.simulate import the_stage

    options = argparse.ArgumentParser(prog="python -m tests.sync.broken", description="each rule broken on purpose, until it is caught")
    options.add_argument("--most", type=int, default=MOST, help="histories for each rule")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rule", default="")
    told = options.parse_args(words)
    missed = 0
    with the_stage() as stage:
        for name in [told.rule] if told.rule else RULES:
            seed = caught(stage, name, range(told.seed, told.seed + told.most))
            missed += seed is None
            print(f"{name}: " + ("NOT CAUGHT" if seed is None else f"caught by seed {seed}, history {seed - told.seed + 1}"), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
