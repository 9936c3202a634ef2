"""The two covers in which everything travels: signed (anybody may read it) and sealed (for those with the team's epoch key, and signed).

sealed   magic 4 | space 16 | epoch 16 | writer's public key 32 | salt 32 | length of extra 2 | extra | XChaCha20-Poly1305 | Ed25519 64
signed   magic 4 | space 16 | writer's public key 32 | content | Ed25519 64
The key of a sealed cover comes from epoch key, salt and header (BLAKE2b), so that each key seals one content only and laptops need not
agree on nonces. The signature covers all before it. The header is bound to what is sealed. A device's id is the hash of its public key.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from nacl import bindings, exceptions
from nacl.signing import SigningKey, VerifyKey

from coachdesk.store.ids import Dice
from coachdesk.sync.wire import LARGEST_FILE, Malformed

_SIGN = 64
_FIXED = 4 + 16 + 16 + 32 + 32 + 2
_PLAIN = 4 + 16 + 32
_NONCE = bytes(24)          # every key seals one content only


class Sealed(NamedTuple):
    """A sealed cover that was read and whose signature holds; what is inside is still shut."""

    magic: bytes
    space: bytes
    epoch: bytes
    key: bytes              # the writer's public key
    extra: bytes
    header: bytes
    secret: bytes

    @property
    def dev(self) -> bytes:
        return device_of(self.key)


class Signed(NamedTuple):
    """A signed cover whose signature holds."""

    magic: bytes
    space: bytes
    key: bytes
    content: bytes

    @property
    def dev(self) -> bytes:
        return device_of(self.key)


def device_of(key: bytes) -> bytes:
    """A device's id: 16 bytes of BLAKE2b of its public key, as `Desk.fresh` has it."""
    return hashlib.blake2b(key, digest_size=16).digest()


def public_key(seed: bytes) -> bytes:
    """The public key of a device, from its seed."""
    return bytes(SigningKey(seed).verify_key)


def hash_of(data: bytes) -> bytes:
    """The name of bytes: 32 bytes of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=32).digest()


def seal(magic: bytes, space: bytes, epoch: bytes, epoch_key: bytes, seed: bytes, extra: bytes, content: bytes, dice: Dice) -> bytes:
    """Content in a sealed cover."""
    signer = SigningKey(seed)
    header = magic + space + epoch + bytes(signer.verify_key) + dice(32) + len(extra).to_bytes(2, "big") + extra
    key = _key(epoch_key, header)
    body = header + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(content, header, _NONCE, key)
    return body + signer.sign(body).signature


def read(magic: bytes, data: bytes, largest: int = LARGEST_FILE) -> Sealed:
    """A sealed cover with its signature checked, before anything in it is looked at. Malformed for anything else."""
    if not _FIXED + 16 + _SIGN <= len(data) <= largest or data[:4] != magic:
        raise Malformed("not a file of this kind")
    extra_end = _FIXED + int.from_bytes(data[_FIXED - 2 : _FIXED], "big")
    if extra_end + 16 + _SIGN > len(data):
        raise Malformed("a file that was cut short")
    key = data[36:68]
    _verify(key, data)
    return Sealed(data[:4], data[4:20], data[20:36], key, data[_FIXED:extra_end], data[:extra_end], data[extra_end:-_SIGN])


def open_(cover: Sealed, epoch_key: bytes) -> bytes:
    """What is in a sealed cover. Malformed when the key is another one."""
    try:
        opened: bytes = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            cover.secret, cover.header, _NONCE, _key(epoch_key, cover.header)
        )
    except exceptions.CryptoError:
        raise Malformed("sealed with another key") from None
    return opened


def sign(magic: bytes, space: bytes, seed: bytes, content: bytes) -> bytes:
    """Content in a signed cover."""
    signer = SigningKey(seed)
    body = magic + space + bytes(signer.verify_key) + content
    return body + signer.sign(body).signature


def read_signed(magic: bytes, data: bytes, largest: int = 65_536) -> Signed:
    """A signed cover whose signature holds. Malformed for anything else."""
    if not _PLAIN + _SIGN <= len(data) <= largest or data[:4] != magic:
        raise Malformed("not a file of this kind")
    key = data[20:52]
    _verify(key, data)
    return Signed(data[:4], data[4:20], key, data[52:-_SIGN])


def _verify(key: bytes, data: bytes) -> None:
    try:
        VerifyKey(key).verify(data[:-_SIGN], data[-_SIGN:])
    except (exceptions.CryptoError, ValueError):
        raise Malformed("a signature that does not hold") from None


def _key(epoch_key: bytes, header: bytes) -> bytes:
    return hashlib.blake2b(header, key=epoch_key, digest_size=32, person=b"cd envelope").digest()
