"""Identifiers: made on the device, in order of time, never twice."""

from __future__ import annotations

import os
import pickle
from uuid import RFC_4122, UUID, uuid4

import pytest

from coachdesk.store import ids


def test_ids_are_in_the_order_in_which_they_were_made_also_within_a_millisecond() -> None:
    made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_are_version_seven_and_bear_their_millisecond() -> None:
    before = ids.wall_milliseconds()
    one = ids.new_id()
    assert (one.version, one.variant) == (7, RFC_4122)
    assert before <= one.int >> 80 <= ids.wall_milliseconds()


def test_dice_that_always_fall_alike_still_make_different_ids() -> None:
    try:
        ids.use_dice(lambda count: b"\xff" * count)
        made = [ids.new_id() for _ in range(1000)]
    finally:
        ids.use_dice(os.urandom)
    assert len(set(made)) == 1000
    assert made == sorted(made)


@pytest.mark.parametrize("wrong", ["CW-7K3-Q9D", "", "CW", "CW-7K3-Q9", "7K3-Q9D"])
def test_a_reference_with_one_wrong_character_is_told(wrong: str) -> None:
    good = ids.short_reference("CW")
    assert ids.is_reference(good)
    assert not ids.is_reference(wrong) or wrong == good


def test_an_id_from_its_bytes_is_an_id_like_any_other() -> None:
    for known in (UUID(int=0), UUID(int=2**128 - 1), *(uuid4() for _ in range(50))):
        made = ids.id_of(known.bytes)
        assert (made, hash(made), str(made), made.bytes, made.is_safe, type(made)) == (
            known, hash(known), str(known), known.bytes, known.is_safe, UUID)
        assert pickle.loads(pickle.dumps(made)) == known
