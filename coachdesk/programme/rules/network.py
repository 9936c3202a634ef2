"""How a programme tends its network: how often one is in touch as a rule, and the scale of trust on which organisations stand.

A template may say both in `[network]`: cadence_days, trust (the steps, the lowest first), cold_to (the highest step at which an
organisation holds us off or does not know us) and warm_from (the lowest at which it works with us). What it leaves out is as usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coachdesk.errors import Refusal
from coachdesk.programme.rules.lots import folded
from coachdesk.programme.rules.source import Table

CADENCE_DAYS = 42           # where the programme says nothing: six weeks
MOST_CADENCE = 730
MOST_STEPS, LONGEST_STEP = 12, 60
_NEXT = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class TrustScale:
    """Steps of trust, the lowest first. What is said in words that are not on it is neither cold nor warm."""

    steps: tuple[str, ...]
    cold_to: str
    warm_from: str

    def level(self, stage: str | None) -> int:
        """Its place on the scale, from 1; 0 where nobody said anything, or what was said is not on this scale."""
        return self.steps.index(stage) + 1 if stage in self.steps else 0

    def is_warm(self, stage: str | None) -> bool:
        """Whether an organisation at this step works with us."""
        return self.level(stage) >= self.level(self.warm_from)

    def is_cold(self, stage: str | None) -> bool:
        """Whether an organisation at this step holds us off, or does not know us."""
        return 0 < self.level(stage) <= self.level(self.cold_to)


@dataclass(frozen=True, slots=True)
class Network:
    """How one programme does it."""

    cadence_days: int
    trust: TrustScale


USUAL_TRUST = TrustScale(("does not know us", "too business-like", "listens", "works with us now and then", "sends people to us",
                          "shares the work"), "too business-like", "works with us now and then")
USUAL = Network(CADENCE_DAYS, USUAL_TRUST)


def fault_of(scale: TrustScale) -> tuple[str, str] | None:
    """What is wrong with a scale: the field, and a sentence about it without its full stop. None where nothing is."""
    folds = [folded(step) for step in scale.steps]
    if not 2 <= len(folds) <= MOST_STEPS:
        return "trust", f"a scale of trust has 2 to {MOST_STEPS} steps, the lowest first"
    if not all(folds) or any(len(step) > LONGEST_STEP for step in scale.steps):
        return "trust", f"each step of trust is a few words, at most {LONGEST_STEP} letters"
    if len(set(folds)) != len(folds):
        return "trust", "two steps of trust read the same"
    for field, step in (("cold_to", scale.cold_to), ("warm_from", scale.warm_from)):
        if step not in scale.steps:
            return field, f"“{step}” is not one of the steps of trust"
    if scale.level(scale.cold_to) >= scale.level(scale.warm_from):
        return "warm_from", "the step from which an organisation works with us comes after the last cold one"
    return None


def read_network(top: Table) -> Network:
    """`[network]` of a template; as usual where it says nothing. Refusal at the field that is wrong."""
    if not top.has("network"):
        return USUAL
    table = top.table("network")
    days = table.whole("cadence_days", 1, MOST_CADENCE) if table.has("cadence_days") else CADENCE_DAYS
    steps = table.texts("trust") or USUAL_TRUST.steps
    cold, warm = (table.text(field) if table.has(field) else usual
                  for field, usual in (("cold_to", USUAL_TRUST.cold_to), ("warm_from", USUAL_TRUST.warm_from)))
    table.done()
    scale = TrustScale(steps, cold, warm)
    fault = fault_of(scale)
    if fault is not None:
        table.refuse(*fault)
    return Network(days, scale)


def changed(network: Network, cadence_days: int | None, steps: Sequence[str] | None, cold_to: str | None, warm_from: str | None) -> Network:
    """A network with what was given in place of what stood. Refusal when it does not hold together."""
    days = network.cadence_days if cadence_days is None else cadence_days
    if not 1 <= days <= MOST_CADENCE:
        raise Refusal(f"One is in touch every 1 to {MOST_CADENCE} days.", f"Type a number between them. {_NEXT}")
    clean = network.trust.steps if steps is None else tuple(" ".join(step.split()) for step in steps)
    scale = TrustScale(clean, _step(clean, cold_to, network.trust.cold_to), _step(clean, warm_from, network.trust.warm_from))
    fault = fault_of(scale)
    if fault is not None:
        raise Refusal(f"{fault[1][:1].upper()}{fault[1][1:]}.", f"The steps are: {'; '.join(clean) or 'none'}. {_NEXT}")
    return Network(days, scale)


def _step(steps: Sequence[str], text: str | None, before: str) -> str:
    """The step that a text means, as it stands on the scale."""
    if text is None:
        return before
    return next((step for step in steps if folded(step) == folded(text)), " ".join(text.split()))


def as_kept(scale: TrustScale) -> dict[str, Any]:
    """A scale as the store keeps it."""
    return {"steps": list(scale.steps), "cold_to": scale.cold_to, "warm_from": scale.warm_from}


def network_from(cadence_days: int | None, kept: Any) -> Network:
    """What the store keeps, as usual where it keeps nothing, or something that a newer desk wrote."""
    try:
        scale = TrustScale(tuple(map(str, kept["steps"])), str(kept["cold_to"]), str(kept["warm_from"]))
    except (KeyError, TypeError):
        scale = USUAL_TRUST
    return Network(cadence_days or CADENCE_DAYS, scale if fault_of(scale) is None else USUAL_TRUST)
