"""Keys reach the laptop they are for, the recovery code is told from a mistyped one, and six words name a request."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.sync import keyring
from coachdesk.sync.envelope import public_key
from coachdesk.sync.wire import Malformed
from coachdesk.sync.words import WORDS
from tests.sync.making import SPACE, Dice, device, seed_of

KEY = b"k" * 32


def test_an_epoch_key_opens_for_the_laptop_it_was_sealed_to_and_no_other() -> None:
    told = keyring.read_key(keyring.hand_over(SPACE, KEY, 3, public_key(seed_of(2)), seed_of(1)))
    assert (told.epoch, told.number, told.to, told.dev) == (keyring.epoch_id(KEY), 3, device(2), device(1))
    assert keyring.open_key(told, seed_of(2)) == KEY
    with pytest.raises(Malformed):
        keyring.open_key(told, seed_of(3))


def test_another_key_under_an_epochs_name_is_seen() -> None:
    told = keyring.read_key(keyring.hand_over(SPACE, KEY, 3, public_key(seed_of(2)), seed_of(1)))
    other = keyring.read_key(keyring.hand_over(SPACE, b"w" * 32, 3, public_key(seed_of(2)), seed_of(1)))
    with pytest.raises(Malformed):
        keyring.open_key(other._replace(epoch=told.epoch), seed_of(2))


@given(st.binary(min_size=16, max_size=16))
@settings(max_examples=60, deadline=None)
def test_a_recovery_code_gives_its_root_again_however_it_is_typed(secret: bytes) -> None:
    code = keyring.code_of(secret)
    root = keyring.root_seed(secret)
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert keyring.seed_from(code) == keyring.seed_from(code.lower().replace("-", " ")) == root
    assert keyring.seed_from(code.replace("0", "o").replace("1", "L")) == root


def test_a_mistyped_recovery_code_is_refused() -> None:
    root, code = keyring.new_root(Dice(3))
    assert keyring.seed_from(code) == root
    signs = code.replace("-", "")
    wrong = [signs[:at] + other + signs[at + 1 :] for at in range(28) for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if other != signs[at]]
    taken = [one for one in wrong if keyring.seed_from(one) is not None]
    assert len(taken) <= 2                   # twelve bits of check: one slip in four thousand would pass, and then be no team's root
    assert keyring.seed_from(signs[:-1]) is keyring.seed_from("") is keyring.seed_from("U" * 28) is None


def test_a_request_to_join_names_its_laptop_in_six_words_and_its_owner_to_leads_only() -> None:
    data = keyring.ask(SPACE, b"f" * 32, b"m" * 16, "2020-05-12T12:00:00Z", "Amina Begum", [public_key(seed_of(1))], seed_of(5))
    told = keyring.read_request(data)
    assert (told.dev, told.founding, told.member) == (device(5), b"f" * 32, b"m" * 16)
    assert len(told.words.split()) == 6 and set(told.words.split()) <= set(WORDS)
    assert keyring.owner_in(told, seed_of(1)) == "Amina Begum"
    assert keyring.owner_in(told, seed_of(2)) == ""
    assert b"Amina" not in data


def test_the_words_are_256_and_none_begins_like_another() -> None:
    assert len(set(WORDS)) == 256
    assert all(3 <= len(word) <= 9 and word.isascii() and word.islower() for word in WORDS)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_noise_is_neither_key_nor_request(noise: bytes) -> None:
    for begun in (b"", keyring.MAGIC, keyring.JOIN_MAGIC):
        with pytest.raises(Malformed):
            keyring.read_key(begun + noise)
        with pytest.raises(Malformed):
            keyring.read_request(begun + noise)


@pytest.mark.parametrize("data", [
    keyring.hand_over(SPACE, KEY, 3, public_key(seed_of(2)), seed_of(1)),
    keyring.ask(SPACE, b"f" * 32, b"m" * 16, "now", "Amina Begum", [public_key(seed_of(1))], seed_of(5)),
])
def test_every_bit_of_a_key_or_request_counts(data: bytes) -> None:
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        for read in (keyring.read_key, keyring.read_request):
            with pytest.raises(Malformed):
                read(bytes(changed))
