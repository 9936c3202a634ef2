"""A share of the simulated histories; `python -m tests.sync.simulate --histories N --seed S` runs any number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sync import broken
from tests.sync.simulate import history, the_stage
from tests.sync.stage import Stage

SEEDS = range(1, 5)
# Some broken rules, each with a history that is known to find it; `python -m tests.sync.broken` looks for one among 250 for every rule.
TEETH = {"a stamp need not exceed its bases": 4, "an edit names no bases": 1, "any deletion wins": 2, "what waits is never woken": 6,
         "nobody heals for others": 9, "newer kinds are dropped": 6}


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with the_stage() as made:
        yield made


@pytest.mark.parametrize("seed", SEEDS)
def test_laptops_agree_and_nothing_that_was_acknowledged_is_lost(stage: Stage, seed: int) -> None:
    said = history(stage, seed)
    assert said["turns"], f"seed {seed}"


def test_the_same_seed_is_the_same_history(stage: Stage) -> None:
    assert history(stage, 2) == history(stage, 2)


@pytest.mark.parametrize("name", TEETH)
def test_a_broken_rule_is_caught(stage: Stage, name: str) -> None:
    assert broken.caught(stage, name, range(TEETH[name], TEETH[name] + 1)) is not None, name
