"""Small keys: one a person (or a free-text record), outside the log. Destroying one shreds what it sealed, everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from coachdesk.store.ids import Dice

_AT_ONCE = 500  # ids in one statement
_ENCODER = msgspec.json.Encoder()


class Seals:
    """The small keys that one transaction uses, each read or made once.

    Forgotten at its end, so that a key which was destroyed elsewhere is not used on.
    """

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._keys: dict[UUID, bytes] = {}

    def ready(self, connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, bytes]:
        """The 32 bytes for each id; makes and writes those that are not there yet. The door must be open."""
        wanted = [one for one in dict.fromkeys(ids) if one not in self._keys]
        for begin in range(0, len(wanted), _AT_ONCE):
            part = wanted[begin : begin + _AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"select id, key from seal where id in ({marks})"  # noqa: S608  sql: question marks only
            found = connection.exec_driver_sql(query, tuple(one.bytes for one in part))
            self._keys.update((UUID(bytes=bytes(row[0])), bytes(row[1])) for row in found)
        fresh = {one: self._dice(32) for one in wanted if one not in self._keys}
        if fresh:
            connection.exec_driver_sql("insert into seal (id, key) values (?, ?)", [(one.bytes, key) for one, key in fresh.items()])
            self._keys.update(fresh)
        return self._keys


def close(key: bytes, op_id: bytes, entity_id: bytes, payload: Any) -> bytes:
    """XChaCha20-Poly1305 over the JSON of a payload; the nonce comes from the op's id, which is never used twice."""
    from nacl import bindings

    return bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(_ENCODER.encode(payload), entity_id, op_id + b"\0" * 8, key)


def open_(key: bytes, op_id: bytes, entity_id: bytes, sealed: bytes) -> Any:
    """The payload again. nacl's CryptoError when key or bytes are not the right ones."""
    from nacl import bindings

    return msgspec.json.decode(bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(sealed), entity_id, op_id + b"\0" * 8, key))
