"""What leaves the log and what comes into it: batches of operations, a run of numbers of one device and incarnation."""

from __future__ import annotations

from typing import NamedTuple


class Txn(NamedTuple):
    """What the operations of one action share."""

    txn_id: bytes
    last_seq: int
    ms: int
    counter: int
    actor: bytes
    reason: str
    undoes: bytes | None
    lasting: int
    schema: int
    min_reader: int
    seen_at: str


class Op(NamedTuple):
    """One operation; txn is the place of its action in the batch."""

    op_id: bytes
    txn: int
    seq: int
    ms: int
    counter: int
    kind: str
    entity: str
    entity_id: bytes
    seal_id: bytes | None
    head: str
    sealed: bytes | None


class Batch(NamedTuple):
    """The operations first..last of one device and incarnation, in order and without a gap."""

    dev: bytes
    inc: bytes
    first: int
    last: int
    txns: list[Txn]
    ops: list[Op]
