"""The key header: one random 32-byte store key, wrapped once in each slot. Nothing else unlocks the store.

The header stands beside the store as FILE.key and travels inside a backup. Slots: `passphrase` and `recovery`, both by Argon2id
(RFC 9106) and XChaCha20-Poly1305; a team adds one sealed to its lead. A new passphrase rewraps one slot, never the data.
Imports PyNaCl and the standard library only: this runs while the first window is being painted.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

from coachdesk.errors import Refusal, Trouble
from coachdesk.store import private
from coachdesk.store.ids import Dice

_CODE = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # 30 signs that nobody mixes up
_CODE_LENGTH = 32  # 32 × log2(30) = 157 bits
_LARGEST_HEADER = 65536  # bytes; a real one has about a thousand
_MOST_SLOTS = 8
_KNOWN_STARTS = (b"SQLite format 3", b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")
_WRAPPED = 24 + 32 + 16  # bytes of nonce, key and tag


class Cost(NamedTuple):
    """What one guess costs: Argon2id passes and bytes of memory. Tests pass a cheap one."""

    passes: int = 3
    memory: int = 256 * 1024 * 1024


STRONG = Cost()
LEAST = 12            # characters of a passphrase; the window asks the same


class Made(NamedTuple):
    """What a new header yields: shown once (code), used now (key)."""

    key: bytes
    recovery_code: str


def header_path(store: Path) -> Path:
    """FILE.key, beside the store."""
    return store.with_name(store.name + ".key")


def create(store: Path, passphrase: str, dice: Dice = os.urandom, cost: Cost = STRONG) -> Made:
    """Writes a new header with two slots. Refusal if a header is there already; the caller checks the passphrase."""
    path = header_path(store)
    key, code = dice(32), _new_code(dice)
    salt = dice(16).hex()
    header = {
        "format": 1,
        "header": salt,
        "slots": [
            _slot("passphrase", _plain(passphrase), key, salt, dice, cost),
            _slot("recovery", normal_code(code), key, salt, dice, cost),
        ],
    }
    try:
        with open(path, "x", encoding="utf-8", opener=private.opener) as file:
            json.dump(header, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise Refusal(f"There is a store called {store.name} already.", "Choose another name; nothing was changed.") from None
    except OSError as problem:
        raise Trouble(f"The store could not be made: {problem.strerror}.", "Choose another folder; nothing was changed.") from None
    return Made(key, code)


def unlock(store: Path, secret: str) -> bytes:
    """The store key, from the passphrase or the recovery code. Trouble with a plain sentence when neither fits."""
    return unlock_header(read(store), secret)


def unlock_header(header: dict[str, Any], secret: str) -> bytes:
    """As unlock(), for a header at hand (a backup carries its own)."""
    code = normal_code(secret)
    looks_like_code = len(code) == _CODE_LENGTH and set(code) <= set(_CODE)
    for slot in header["slots"]:
        if slot["kind"] == "recovery" and not looks_like_code:
            continue
        key = _open_slot(slot, code if slot["kind"] == "recovery" else _plain(secret), header["header"])
        if key is not None:
            return key
    raise Trouble(
        "That passphrase does not open this store.", "Check Caps Lock and try again, or use the printed recovery code. Nothing was changed."
    )


def change_passphrase(store: Path, secret: str, new: str, dice: Dice = os.urandom, cost: Cost = STRONG) -> None:
    """Rewraps the passphrase slot; the data and the recovery code stay as they are."""
    check_passphrase(new)
    header = read(store)
    key = unlock_header(header, secret)
    kept = [slot for slot in header["slots"] if slot["kind"] != "passphrase"]
    header["slots"] = [_slot("passphrase", _plain(new), key, header["header"], dice, cost), *kept]
    write(store, header)


def check_passphrase(passphrase: str) -> None:
    """Refusal when a passphrase is shorter than LEAST characters."""
    if len(passphrase.strip()) < LEAST:
        raise Refusal(f"A passphrase needs at least {LEAST} characters.", "Three or four words that you can remember are best.")


def read(store: Path) -> dict[str, Any]:
    """The header of a store, checked in shape. Trouble when it is missing or broken."""
    path = header_path(store)
    if not store.exists() and not path.exists():
        raise Trouble(f"There is no store called {store.name} here.", "Check the name, or make one with `coachdesk init`.")
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        _refuse_another_file(store)
        raise Trouble(
            f"The key file {path.name} is missing beside the store.", "Put it back, or restore a backup; it carries the key file inside."
        ) from None
    except OSError as problem:
        raise Trouble(f"The key file {path.name} cannot be read: {problem.strerror}.", "Nothing was changed.") from None


def _refuse_another_file(store: Path) -> None:
    """Trouble when a file without a key beside it shows by its beginning that it never was a store: an encrypted one looks like noise."""
    with contextlib.suppress(OSError), store.open("rb") as file:
        start = file.read(512)
        if start.startswith(b"CoachDesk backup"):
            raise Trouble(f"{store.name} is a backup, not a store.", "Make a store from it with `coachdesk restore`. Nothing was changed.")
        signs = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in start)
        if len(start) < 512 or not signs or start.startswith(_KNOWN_STARTS):  # 512 bytes of noise have some 56 control signs
            raise Trouble(f"{store.name} is not a CoachDesk store.", "Check the name of the file. Nothing was changed.")


def parse(data: bytes) -> dict[str, Any]:
    """A header from its bytes. Trouble when it is not one."""
    try:
        if len(data) > _LARGEST_HEADER:
            raise ValueError
        header = json.loads(data.decode("utf-8"))
        good = (
            header["format"] == 1
            and isinstance(header["header"], str)
            and 1 <= len(header["slots"]) <= _MOST_SLOTS
            and all(
                slot["kind"] in ("passphrase", "recovery", "lead")
                and type(slot["passes"]) is int
                and 1 <= slot["passes"] <= 20
                and type(slot["memory"]) is int
                and 8192 <= slot["memory"] <= 2**31
                and len(bytes.fromhex(slot["salt"])) == 16
                and (slot["kind"] == "lead" or len(base64.b64decode(slot["wrapped"])) == _WRAPPED)
                for slot in header["slots"]
            )
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    if not good:
        raise Trouble("The key file is damaged.", "Restore a backup; it carries the key file inside. The store itself was not touched.")
    return dict(header)


def write(store: Path, header: dict[str, Any]) -> None:
    """Replaces the header in one step. Trouble when the disk says no: then the old one stands."""
    path = header_path(store)
    beside = path.with_name(path.name + ".tmp")
    try:
        with open(beside, "w", encoding="utf-8", opener=private.opener) as file:
            json.dump(header, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Trouble(
            f"The key file {path.name} could not be written: {problem.strerror}.", "Nothing was changed; the old one still counts."
        ) from None


def normal_code(text: str) -> str:
    """A recovery code as typed: any case, any dashes and spaces."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _new_code(dice: Dice) -> str:
    signs: list[str] = []
    while len(signs) < _CODE_LENGTH:
        signs += [_CODE[byte % 30] for byte in dice(_CODE_LENGTH) if byte < 240]
    code = "".join(signs[:_CODE_LENGTH])
    return "-".join(code[i : i + 4] for i in range(0, _CODE_LENGTH, 4))


def _plain(passphrase: str) -> str:
    return unicodedata.normalize("NFC", passphrase)


def _slot(kind: str, secret: str, key: bytes, header: str, dice: Dice, cost: Cost) -> dict[str, Any]:
    from nacl import bindings

    salt, nonce = dice(16), dice(24)
    bound = f"coachdesk key header 1 {header} {kind}".encode()
    wrapped = nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(key, bound, nonce, _derive(secret, salt, cost))
    return {
        "kind": kind,
        "kdf": "argon2id",
        "passes": cost.passes,
        "memory": cost.memory,
        "salt": salt.hex(),
        "wrapped": base64.b64encode(wrapped).decode(),
    }


def _open_slot(slot: dict[str, Any], secret: str, header: str) -> bytes | None:
    from nacl import bindings, exceptions

    if slot["kind"] == "lead":
        return None
    data = base64.b64decode(slot["wrapped"])
    bound = f"coachdesk key header 1 {header} {slot['kind']}".encode()
    try:
        derived = _derive(secret, bytes.fromhex(slot["salt"]), Cost(slot["passes"], slot["memory"]))
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(data[24:], bound, data[:24], derived)
    except exceptions.CryptoError:
        return None


def _derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    from nacl import bindings

    return bindings.crypto_pwhash_alg(32, secret.encode(), salt, cost.passes, cost.memory, bindings.crypto_pwhash_ALG_ARGON2ID13)
