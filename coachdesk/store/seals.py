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


class Ring:
    """Small keys for reading a stretch of the log: a few ids', or all.

    Two laptops that both first wrote something personal on a record without knowing of each other have each made a key for it; the
    second one to arrive stands in `seal_also`.
    """

    def __init__(self, connection: sa.Connection, rows: Iterable[Any], also: Iterable[Any], awaited: Iterable[Any]) -> None:
        self.keys: dict[bytes, list[bytes]] = {}
        for id, key in [*rows, *also]:
            self.keys.setdefault(bytes(id), []).append(bytes(key))
        self._awaited = {bytes(row[0]) for row in awaited}

    @classmethod
    def whole(cls, connection: sa.Connection) -> Ring:
        """With every small key of the store."""
        is_old = connection.exec_driver_sql("select 1 from sqlite_master where name = 'seal_also'").first() is None  # in an older backup
        read = connection.exec_driver_sql
        return cls(connection, read("select id, key from seal"), [] if is_old else read("select id, key from seal_also"),
                   [] if is_old else read("select for_id from waiting where why = 'key'"))

    @classmethod
    def some(cls, connection: sa.Connection, ids: Iterable[bytes]) -> Ring:
        """With the small keys of these ids; nothing that does not open is taken for tampering."""
        rows: list[Any] = []
        also: list[Any] = []
        wanted = list(dict.fromkeys(ids))
        for begin in range(0, len(wanted), _AT_ONCE):
            part = wanted[begin : begin + _AT_ONCE]
            marks = ",".join("?" * len(part))
            for table, found in (("seal", rows), ("seal_also", also)):
                query = f"select id, key from {table} where id in ({marks})"  # noqa: S608  sql: one of two names, question marks
                found += connection.exec_driver_sql(query, tuple(part))
        return cls(connection, rows, also, [(id,) for id in wanted])

    def opened(self, row: Any) -> dict[str, Any] | None:
        """The payload of an op row (op_id, entity_id, seal_id, sealed); None where there is none, or its key is not here.

        nacl's CryptoError when a key is here, none other is awaited, and the bytes are not what it closed.
        """
        if row.sealed is None:
            return None
        seal_id = bytes(row.seal_id or row.entity_id)
        keys = self.keys.get(seal_id, ())
        for place, key in enumerate(keys, 1):
            try:
                return dict(open_(key, bytes(row.op_id), bytes(row.entity_id), row.sealed))
            except _crypto_error():
                if place == len(keys) and seal_id not in self._awaited:
                    raise
        return None


def _crypto_error() -> type[Exception]:
    from nacl.exceptions import CryptoError

    return CryptoError


def close(key: bytes, op_id: bytes, entity_id: bytes, payload: Any) -> bytes:
    """XChaCha20-Poly1305 over the JSON of a payload; the nonce comes from the op's id, which is never used twice."""
    from nacl import bindings

    return bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(_ENCODER.encode(payload), entity_id, op_id + b"\0" * 8, key)


def open_(key: bytes, op_id: bytes, entity_id: bytes, sealed: bytes) -> Any:
    """The payload again. nacl's CryptoError when key or bytes are not the right ones."""
    from nacl import bindings

    return msgspec.json.decode(bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(sealed), entity_id, op_id + b"\0" * 8, key))
