"""Files that belong to the store (evidence, agreements, filed prints): each one encrypted beside it, under a name that tells nothing.

A file stands in `FILE.blobs/ab/<name>.cdb`. Its key and its name both come from the person's small key and from what is in the file
(BLAKE2b, RFC 7693): the same file of the same person is kept once, nobody can tell from outside that two people have the same file, and a
small key that is destroyed shreds the file as well. The bytes are the same on every laptop, so that they can travel (SYNC.md section 5).
A file is whole on the disk before the record that names it is saved; one whose record was never saved harms nobody.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal, Trouble
from coachdesk.store import kinds, private

LARGEST = 25 * 1024 * 1024      # bytes of one file
_MAGIC = b"CDB1"                # then BLAKE2b of what follows, 32 bytes, so that rot is seen without a key
_START = len(_MAGIC) + 32
_NAME = re.compile(r"[0-9a-f]{64}")
_NONCE = bytes(24)              # every key seals one content only, ever


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was put away. name: how the store knows it; digest: SHA-256 of what is in it, in hex (personal: it can be looked up)."""

    name: str
    digest: str
    size: int


class Blobs:
    """The folder of one store. Tests hand in another `write` to play a full disk."""

    def __init__(self, store: Path) -> None:
        self.folder = store.with_name(store.name + ".blobs")

    def path(self, name: str) -> Path:
        """Where a file stands. ValueError for a name that is none of ours."""
        if not _NAME.fullmatch(name):
            raise ValueError("not the name of a kept file")
        return self.folder / name[:2] / f"{name}.cdb"

    def write(self, name: str, sealed: bytes) -> None:
        """Puts sealed bytes under their name, whole or not at all. Trouble when the disk says no."""
        path = self.path(name)
        if path.exists() and path.stat().st_size == len(sealed) and path.read_bytes() == sealed:
            return
        beside = path.with_suffix(".tmp")
        try:
            private.make_folder(path.parent)
            with open(beside, "wb", opener=private.opener) as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
            _settle(path.parent)
        except OSError as problem:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise Trouble(f"The file could not be kept: {problem.strerror or 'the disk said no'}.",
                          "Free some space or check the disk, then add it again. Nothing was changed.") from None

    def read(self, name: str) -> bytes:
        """The sealed bytes. Trouble when the file is not here or cannot be read."""
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            raise Trouble("That file is not on this computer.",
                          "Restore the last backup to another name to get it, or add the file again. The record of it is safe.") from None
        except OSError as problem:
            raise Trouble(f"That file cannot be read: {problem.strerror or 'the disk said no'}.",
                          "Check the disk; nothing was changed.") from None

    def names(self) -> Iterator[str]:
        """Every file that stands here, in order of name."""
        if self.folder.is_dir():
            yield from sorted(path.stem for path in self.folder.glob("??/*.cdb") if _NAME.fullmatch(path.stem))


def put(session: Session, seal_id: UUID, data: bytes) -> Held:
    """Keeps a file under a person's small key, inside a change; the same file again is the same name.

    Refusal for an empty one or one over LARGEST bytes; Trouble when the disk says no.
    """
    if not data:
        raise Refusal("That file is empty.", "Choose another one; nothing was changed.")
    if len(data) > LARGEST:
        raise Refusal(f"That file has {len(data) / 1024 / 1024:.1f} MiB; a file of evidence may have 25 MiB at most.",
                      "Save it smaller (a scan in grey at 150 dots an inch is enough) and add it again. Nothing was changed.")
    small, digest = _small_key(session, seal_id, make=True), hashlib.sha256(data).digest()
    name = _derived(small, digest, b"name").hex()
    session.info["blobs"].write(name, _sealed(_derived(small, digest, b"key"), name, data))
    return Held(name, digest.hex(), len(data))


def get(session: Session, seal_id: UUID, held: Held) -> bytes:
    """What is in a kept file, proved to be what was put there. Trouble when it is missing, damaged or shredded."""
    sealed, small = session.info["blobs"].read(held.name), _small_key(session, seal_id, make=False)
    data = _opened(_derived(small, bytes.fromhex(held.digest), b"key"), held.name, sealed)
    if data is None or hashlib.sha256(data).hexdigest() != held.digest:
        raise Trouble("That file was damaged on the disk, so it is not shown.",
                      "Restore the last backup to another name to get it, or add the file again. The record of it is safe.")
    return data


def _small_key(session: Session, seal_id: UUID, *, make: bool) -> bytes:
    connection = session.connection()
    if make:
        session.flush()             # a person who is recorded in the same act has the key from here on
        door = session.info["door"]
        door["open"] = True
        try:
            keys: dict[UUID, bytes] = session.info["open"].seals.ready(connection, [seal_id])
        finally:
            door["open"] = False
        return keys[seal_id]
    found = connection.exec_driver_sql("select key from seal where id = ?", (seal_id.bytes,)).scalar()
    if found is None:
        raise Trouble("The key of that file was destroyed, as when a person is erased.", "It cannot be read any more.")
    return bytes(found)


def _derived(small: bytes, digest: bytes, use: bytes) -> bytes:
    return hashlib.blake2b(digest, key=small, digest_size=32, person=b"cd blob " + use.ljust(8)).digest()


def _sealed(key: bytes, name: str, data: bytes) -> bytes:
    from nacl import bindings

    secret: bytes = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(data, _MAGIC + name.encode(), _NONCE, key)
    return _MAGIC + _sum(secret) + secret


def _sum(secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=32).digest()


def is_whole(sealed: bytes) -> bool:
    """Whether sealed bytes are as they were written; needs no key."""
    return hmac.compare_digest(sealed[:_START], _MAGIC + _sum(sealed[_START:]))


def wanted(connection: sa.Connection) -> list[str]:
    """The names of all files that records speak of, in order; columns say so by `file=True` (store.kinds)."""
    columns = [column for table in kinds.synced_tables() for column in table.c if column.info.get("file")]
    there = set(sa.inspect(connection).get_table_names())
    found: set[str] = set()
    for column in columns:
        if column.table.name in there:
            found.update(connection.execute(sa.select(column).where(column.is_not(None))).scalars())
    return sorted(found)


def amiss(connection: sa.Connection, blobs: Blobs) -> list[str]:
    """A sentence for files that are missing, one for files that are damaged; none where all stand whole. Reads every file."""
    missing = damaged = 0
    for name in wanted(connection):
        try:
            damaged += not is_whole(blobs.read(name))
        except Trouble:
            missing += 1
    told = ((missing, "missing"), (damaged, "damaged"))
    return [f"{number} kept file{'' if number == 1 else 's'} {'is' if number == 1 else 'are'} {how}" for number, how in told if number]


def _opened(key: bytes, name: str, sealed: bytes) -> bytes | None:
    from nacl import bindings, exceptions

    if not is_whole(sealed):
        return None
    try:
        opened: bytes = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[_START:], _MAGIC + name.encode(), _NONCE, key)
        return opened
    except exceptions.CryptoError:
        return None


def _settle(folder: Path) -> None:
    """The folder's own entry reaches the disk, where a system can be asked for that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
