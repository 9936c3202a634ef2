"""Small keys: one a person (or a free-text record), outside the log. Destroying one shreds what it sealed, everywhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from coachdesk.store.ids import Dice


class Seals:
    """The small keys of one store, kept in memory once read; makes one for an id that has none."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._keys: dict[UUID, bytes] = {}
        self._fresh: dict[UUID, bytes] = {}

    def key(self, connection: sa.Connection, seal_id: UUID, *, make: bool = False) -> bytes | None:
        """The 32 bytes for an id; None when it was destroyed or never was. make=True writes a new one."""
        found = self._keys.get(seal_id) or self._fresh.get(seal_id)
        if found is None:
            found = connection.exec_driver_sql("select key from seal where id = ?", (seal_id.bytes,)).scalar()
            if found is None and make:
                found = self._dice(32)
                connection.exec_driver_sql("insert into seal (id, key) values (?, ?)", (seal_id.bytes, found))
                self._fresh[seal_id] = found
            elif found is not None:
                self._keys[seal_id] = found
        return found

    def settle(self, committed: bool) -> None:
        """After a transaction: keys made in it are kept only if it was committed."""
        if committed:
            self._keys.update(self._fresh)
        self._fresh.clear()


def close(key: bytes, op_id: bytes, entity_id: bytes, payload: Any) -> bytes:
    """XChaCha20-Poly1305 over the JSON of a payload; the nonce comes from the op's id, which is never used twice."""
    from nacl import bindings

    return bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(msgspec.json.encode(payload), entity_id, op_id + b"\0" * 8, key)


def open_(key: bytes, op_id: bytes, entity_id: bytes, sealed: bytes) -> Any:
    """The payload again. nacl's CryptoError when key or bytes are not the right ones."""
    from nacl import bindings

    return msgspec.json.decode(bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(sealed), entity_id, op_id + b"\0" * 8, key))
