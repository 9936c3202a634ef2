"""The team's epoch keys sealed to each laptop, the printed recovery code, and the request of a laptop that wants to join.

An epoch's id is the hash of its key, so that a wrong key handed over by anybody is seen at once and it does not matter who hands it over.
A laptop's sealing key follows from its signing key (libsodium's conversion of Ed25519 to X25519). The root, which is the recovery code,
is sealed to like a laptop: with the code alone a new lead's laptop reads everything that still stands in the shared place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

import msgspec
from nacl import exceptions
from nacl.public import SealedBox
from nacl.signing import SigningKey, VerifyKey

from coachdesk.store.ids import Dice
from coachdesk.sync import envelope
from coachdesk.sync.wire import Malformed
from coachdesk.sync.words import words

MAGIC = b"CDK1"
JOIN_MAGIC = b"CDJ1"
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"        # Crockford's base 32: I, L, O and U are left out
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SECRET = 16                                       # bytes of a recovery code: 128 bits
_LENGTH = 28                                       # 26 signs of secret, with two bits over, and a check of 12 bits in all
_LARGEST_NAME = 400


class EpochKey(NamedTuple):
    """An epoch's key on its way to one laptop, still sealed."""

    space: bytes
    epoch: bytes
    number: int
    to: bytes               # the laptop's id
    box: bytes
    dev: bytes              # who hands it over


class Request(NamedTuple):
    """A laptop that asks to join. words: to be compared by voice. names: the name it goes by, sealed to each lead."""

    hash: bytes
    space: bytes
    dev: bytes
    key: bytes
    founding: bytes
    member: bytes
    at: str
    names: tuple[bytes, ...]

    @property
    def words(self) -> str:
        return words(self.hash[:6])


class _Handed(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    epoch: bytes
    number: int
    to: bytes
    box: bytes


class _Asked(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    founding: bytes
    member: bytes
    at: str
    names: tuple[bytes, ...]


T = TypeVar("T")
_encode = msgspec.msgpack.Encoder().encode


def epoch_id(key: bytes) -> bytes:
    """What an epoch is called: a hash of its key."""
    return hashlib.blake2b(key, digest_size=16, person=b"cd epoch id").digest()


def hand_over(space: bytes, key: bytes, number: int, to: bytes, seed: bytes) -> bytes:
    """An epoch's key sealed to a laptop (its public key), as a file."""
    told = _Handed(epoch_id(key), number, envelope.device_of(to), _seal_to(to, key))
    return envelope.sign(MAGIC, space, seed, _encode(told))


def read_key(data: bytes) -> EpochKey:
    """A handed-over key, still sealed. Malformed for anything else."""
    cover = envelope.read_signed(MAGIC, data, 1_024)
    told = _decoded(cover.content, _Handed)
    if len(told.epoch) != 16 or len(told.to) != 16 or not 0 <= told.number < 2**31:
        raise Malformed("a key that is handed over")
    return EpochKey(cover.space, told.epoch, told.number, told.to, told.box, cover.dev)


def open_key(told: EpochKey, seed: bytes) -> bytes:
    """The epoch's key, for the laptop (or root) whose seed this is. Malformed when it is for another, or is not that epoch's key."""
    key = _open_for(seed, told.box)
    if key is None or len(key) != 32 or epoch_id(key) != told.epoch:
        raise Malformed("a key that does not fit")
    return key


def key_name(epoch: bytes, dev: bytes) -> str:
    """Where an epoch's key for a laptop stands."""
    return f"keys/{epoch.hex()}.{dev.hex()}.cdk"


def ask(space: bytes, founding: bytes, member: bytes, at: str, owner: str, leads: Iterable[bytes], seed: bytes) -> bytes:
    """A request to join; the owner's name is sealed to each lead's public key, so that nobody else reads it in the shared place."""
    told = _Asked(founding, member, at, tuple(_seal_to(key, owner.encode()[:_LARGEST_NAME]) for key in leads))
    return envelope.sign(JOIN_MAGIC, space, seed, _encode(told))


def read_request(data: bytes) -> Request:
    """A request to join. Malformed for anything else."""
    cover = envelope.read_signed(JOIN_MAGIC, data, 32_768)
    told = _decoded(cover.content, _Asked)
    if len(told.founding) != 32 or len(told.member) != 16 or len(told.names) > 60:
        raise Malformed("a request to join")
    return Request(envelope.hash_of(data), cover.space, cover.dev, cover.key, told.founding, told.member, told.at[:40], told.names)


def owner_in(request: Request, seed: bytes) -> str:
    """The name that a request gives, for a lead; empty where it was not sealed to this laptop."""
    for box in request.names:
        if (told := _open_for(seed, box)) is not None:
            return "".join(sign for sign in told.decode("utf-8", "replace") if sign.isprintable())
    return ""


def request_name(dev: bytes) -> str:
    """Where a laptop's request to join stands."""
    return f"join/{dev.hex()}.cdj"


def new_root(dice: Dice) -> tuple[bytes, str]:
    """(seed, recovery code) of a new team's root."""
    secret = dice(_SECRET)
    return root_seed(secret), code_of(secret)


def root_seed(secret: bytes) -> bytes:
    """The root's signing seed, from the secret that its code spells."""
    return hashlib.blake2b(secret, digest_size=32, person=b"cd team root").digest()


def code_of(secret: bytes) -> str:
    """A secret of 16 bytes as 28 signs in groups of four, the last ones a check."""
    number = int.from_bytes(secret, "big") << 12 | _check(secret)
    signs = "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(signs[at : at + 4] for at in range(0, _LENGTH, 4))


def seed_from(code: str) -> bytes | None:
    """The root's seed from its code as typed: any case, dashes or blanks, O for 0. None when signs are missing or mistyped."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum()).translate(_ALIKE)
    if len(signs) != _LENGTH or not set(signs) <= set(_SIGNS):
        return None
    number = 0
    for sign in signs:
        number = number << 5 | _SIGNS.index(sign)
    secret = (number >> 12).to_bytes(_SECRET, "big")
    return root_seed(secret) if number & 0xFFF == _check(secret) else None


def _check(secret: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(secret, digest_size=2, person=b"cd team check").digest(), "big") >> 4


def _seal_to(key: bytes, content: bytes) -> bytes:
    return bytes(SealedBox(VerifyKey(key).to_curve25519_public_key()).encrypt(content))


def _open_for(seed: bytes, box: bytes) -> bytes | None:
    try:
        return bytes(SealedBox(SigningKey(seed).to_curve25519_private_key()).decrypt(box))
    except (exceptions.CryptoError, ValueError, TypeError):
        return None


def _decoded(content: bytes, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Malformed("a file of this kind") from None
