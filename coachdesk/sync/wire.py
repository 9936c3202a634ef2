"""A batch of operations as bytes and back: columns of msgpack, pressed with zstd, read in one pass with every size bounded (SYNC.md 5).

Columns, because ids of one moment share their first bytes, a word such as an entity's name stands once, and nearly every operation has the
stamp of its action: what repeats costs next to nothing. Whatever is not exactly a batch is Malformed, never a crash and never half taken.
Texts are taken as they stand: the digest covers them byte for byte, so that a reader may not tidy them; screens show plain text only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from coachdesk.store.travel import Batch, Op, Txn

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LARGEST_FILE = 4 * 1024 * 1024       # bytes of a segment as it travels
LARGEST_PAGE = 32 * 1024 * 1024      # bytes once unpressed
MOST_OPS = 10_000                    # in one segment
LARGEST_OP = 1024 * 1024             # bytes of a head, and of a sealed part; SYNC.md says 256 KiB, but a claim's frozen basis may be more
DEEPEST = 16                         # brackets within brackets in a head
LONGEST_REASON = 20_000              # signs
_FORMAT = 1
_WINDOW = 25                         # log2 of the bytes that zstd may look back
_LEVEL = 6
_BIGGEST = 2**63 - 1                 # SQLite's
_LONGEST_CLOCK = 2**48 - 1           # milliseconds in a stamp: twelve hex digits

_STAMP = re.compile(r"[0-9a-f]{12}\.[0-9a-f]{4}\.[0-9a-f]{32}")
_UID = re.compile(r"[0-9a-f]{32}\.[0-9]{1,6}")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class Malformed(ValueError):
    """Bytes that are not what they claim to be. Says which part, never what stood in it."""


_Ints = Annotated[list[int], Meta(max_length=MOST_OPS)]
_Texts = Annotated[list[str], Meta(max_length=MOST_OPS)]
_Blobs = Annotated[list[bytes | None], Meta(max_length=MOST_OPS)]


class _Page(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """One batch, a column at a time."""

    format: int
    dev: bytes
    inc: bytes
    first: int
    last: int
    txn_ids: bytes
    last_seqs: _Ints       # how far beyond the batch's first number
    txn_ms: _Ints          # after the action before it
    txn_counters: _Ints
    actors: _Blobs         # each once
    actor_of: _Ints
    reasons: _Texts        # each once
    reason_of: _Ints
    undoes: _Blobs
    lasting: _Ints
    schemas: _Ints
    min_readers: _Ints
    seen: _Texts
    op_ids: bytes
    ops_of: _Ints          # how many operations each action has here
    ms: _Ints              # after the action's own
    counters: _Ints
    kinds: _Texts          # each once
    kind_of: _Ints
    entities: _Texts       # each once
    entity_of: _Ints
    entity_ids: bytes
    seal_ids: _Blobs
    heads: _Texts
    sealed: _Blobs


class _Moved(msgspec.Struct):
    add: list[str] = []
    rem: list[str] = []


class _Head(msgspec.Struct):
    v: dict[str, Any] = {}
    b: dict[str, list[str]] = {}
    s: dict[str, _Moved] = {}
    x: list[str] | None = None
    r: str | None = None           # the newest stamp that its writer had seen of the record
    w: list[str] = []              # fields that are only retold: they yield to what the first writer wrote


class _Unknown(msgspec.Struct):
    """The head of an operation of a newer program: any object."""


_KNOWN = ("set", "del")
_encode_page = msgspec.msgpack.Encoder().encode
_decode_page = msgspec.msgpack.Decoder(_Page).decode
_encode_json = msgspec.json.Encoder().encode
_decode_json = msgspec.json.Decoder().decode


def pack(batch: Batch) -> bytes:
    """The bytes of a batch. Malformed when it breaks a bound: then nobody would take it."""
    check(batch)
    txns, ops = batch.txns, batch.ops
    actors, actor_of = _once([one.actor for one in txns])
    reasons, reason_of = _once([one.reason for one in txns])
    kinds, kind_of = _once([one.kind for one in ops])
    entities, entity_of = _once([one.entity for one in ops])
    counts = [0] * len(txns)
    for one in ops:
        counts[one.txn] += 1
    page = _Page(
        _FORMAT, batch.dev, batch.inc, batch.first, batch.last,
        _planes([one.txn_id for one in txns]), [one.last_seq - batch.first for one in txns], _steps([one.ms for one in txns]),
        [one.counter for one in txns], actors, actor_of, reasons, reason_of, [one.undoes for one in txns], [one.lasting for one in txns],
        [one.schema for one in txns], [one.min_reader for one in txns], [one.seen_at for one in txns],
        _planes([one.op_id for one in ops]), counts, [one.ms - txns[one.txn].ms for one in ops],
        [one.counter - txns[one.txn].counter for one in ops], kinds, kind_of, entities, entity_of,
        _planes([one.entity_id for one in ops]), [one.seal_id for one in ops], [one.head for one in ops], [one.sealed for one in ops],
    )
    plain = _encode_page(page)
    if len(plain) > LARGEST_PAGE:
        raise Malformed("too many bytes in one batch")
    return zstd.compress(plain, level=_LEVEL)


def unpack(data: bytes) -> Batch:
    """The batch again, checked whole. Malformed for anything else."""
    plain = _unpressed(data)
    try:
        page = _decode_page(plain)
        batch = _batch(page)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, IndexError, OverflowError, ValueError) as problem:
        raise problem if isinstance(problem, Malformed) else Malformed("not a batch of operations") from None
    check(batch)
    return batch


def check(batch: Batch) -> None:
    """Malformed when a batch breaks a bound or a rule of the log's own form."""
    if len(batch.dev) != 16 or len(batch.inc) != 8:
        raise Malformed("whose operations these are")
    if not 1 <= len(batch.ops) <= MOST_OPS or not 1 <= batch.first <= batch.last <= _BIGGEST:
        raise Malformed("how many operations there are")
    if batch.last - batch.first + 1 != len(batch.ops):
        raise Malformed("a gap in the numbers")
    for txn in batch.txns:
        _check_txn(txn)
    seq, at = batch.first, 0
    for op in batch.ops:
        if op.seq != seq or not (op.txn == at or (op.txn == at + 1 and seq > batch.first)):
            raise Malformed("the order of the operations")
        if op.txn >= len(batch.txns) or batch.txns[op.txn].last_seq < seq:
            raise Malformed("which action an operation belongs to")
        _check_op(op)
        seq, at = seq + 1, op.txn
    if at != len(batch.txns) - 1:
        raise Malformed("an action without operations")
    if len({op.op_id for op in batch.ops}) != len(batch.ops) or len({txn.txn_id for txn in batch.txns}) != len(batch.txns):
        raise Malformed("the same operation twice")


def _check_txn(txn: Txn) -> None:
    good = (
        len(txn.txn_id) == 16 and len(txn.actor) == 16 and (txn.undoes is None or len(txn.undoes) == 16)
        and 0 < txn.last_seq <= _BIGGEST and _is_moment(txn.ms, txn.counter) and txn.lasting in (0, 1)
        and 0 < txn.min_reader <= txn.schema <= 1_000_000
        and len(txn.reason) <= LONGEST_REASON and _INSTANT.fullmatch(txn.seen_at) is not None
    )
    if not good:
        raise Malformed("an action")


def _is_moment(ms: int, counter: int) -> bool:
    return 0 <= ms <= _LONGEST_CLOCK and 0 <= counter <= 0xFFFF


def _check_op(op: Op) -> None:
    good = (
        len(op.op_id) == 16 and len(op.entity_id) == 16 and (op.seal_id is None or len(op.seal_id) == 16)
        and _is_moment(op.ms, op.counter) and _WORD.fullmatch(op.kind) and _WORD.fullmatch(op.entity)
        and (op.sealed is None or 16 <= len(op.sealed) <= LARGEST_OP)
    )
    if not good:
        raise Malformed("an operation")
    check_head(op.kind, op.head)


def check_head(kind: str, text: str) -> None:
    """Malformed unless a head is the JSON that the log itself would write: no key twice, no fraction, shallow, stamps that are stamps."""
    try:
        raw = text.encode()
        if len(raw) > LARGEST_OP:
            raise Malformed("an operation that is too large")
        if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
            raise Malformed("a head that is too deep")
        told = _decode_json(raw)
        if _encode_json(told) != raw:          # a key twice, blanks, other ways to write a number
            raise Malformed("a head that the log would not write")
        head = msgspec.convert(told, _Head if kind in _KNOWN else _Unknown)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError):
        raise Malformed("a head") from None
    _check_values(told.values())
    if not isinstance(head, _Head):
        return                                 # an operation of a newer program: kept and passed on
    if (kind == "del") != (head.x is not None):
        raise Malformed("a head of another kind")
    stamps = [*(head.x or ()), *([] if head.r is None else [head.r]), *(stamp for seen in head.b.values() for stamp in seen)]
    if not all(_STAMP.fullmatch(stamp) for stamp in stamps):
        raise Malformed("a stamp")
    if not all(_UID.fullmatch(uid) for moved in head.s.values() for uid in moved.rem):
        raise Malformed("a word of a set")


def _check_values(values: Iterable[Any]) -> None:
    for value in values:
        if type(value) is float or (type(value) is int and not -_BIGGEST - 1 <= value <= _BIGGEST):
            raise Malformed("a number that the log does not hold")
        if type(value) is list:
            _check_values(value)
        elif type(value) is dict:
            _check_values(value.values())


def _depth(text: str) -> int:
    """How deep brackets go, those inside texts counted as well: an upper bound would refuse honest prose, so that texts are taken out."""
    deepest = now = 0
    for sign in re.sub(r'"(?:[^"\\]|\\.)*"', "", text):
        now += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, now)
    return deepest


def _unpressed(data: bytes) -> bytes:
    if len(data) > LARGEST_FILE:
        raise Malformed("too large a file")
    press = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})
    try:
        plain = press.decompress(data, max_length=LARGEST_PAGE + 1)
    except zstd.ZstdError:
        raise Malformed("not pressed as a batch is") from None
    if not press.eof or press.unused_data or len(plain) > LARGEST_PAGE:
        raise Malformed("pressed bytes that end too early or too late")
    return plain


def _batch(page: _Page) -> Batch:
    if page.format != _FORMAT:
        raise Malformed("a batch of a newer form")
    txn_count, op_count = len(page.seen), len(page.heads)
    _same_length(txn_count, page.last_seqs, page.txn_ms, page.txn_counters, page.actor_of, page.reason_of, page.undoes, page.lasting,
                 page.schemas, page.min_readers, page.ops_of)
    _same_length(op_count, page.ms, page.counters, page.kind_of, page.entity_of, page.seal_ids, page.sealed)
    if any(count < 1 for count in page.ops_of) or sum(page.ops_of) != op_count:
        raise Malformed("how many operations each action has")
    actors: list[Any] = page.actors
    txns = [
        Txn(*told)
        for told in zip(
            _rows(page.txn_ids, txn_count), [page.first + step for step in page.last_seqs], _summed(page.txn_ms), page.txn_counters,
            _picked(actors, page.actor_of), _picked(page.reasons, page.reason_of), page.undoes, page.lasting, page.schemas,
            page.min_readers, page.seen, strict=True,
        )
    ]
    if any(type(txn.actor) is not bytes for txn in txns):
        raise Malformed("who acted")
    txn_of = [place for place, count in enumerate(page.ops_of) for _ in range(count)]
    ops = [
        Op(*told)
        for told in zip(
            _rows(page.op_ids, op_count), txn_of, range(page.first, page.first + op_count),
            [txns[at].ms + step for at, step in zip(txn_of, page.ms, strict=True)],
            [txns[at].counter + step for at, step in zip(txn_of, page.counters, strict=True)],
            _picked(page.kinds, page.kind_of), _picked(page.entities, page.entity_of), _rows(page.entity_ids, op_count), page.seal_ids,
            page.heads, page.sealed, strict=True,
        )
    ]
    return Batch(page.dev, page.inc, page.first, page.last, txns, ops)


def _same_length(count: int, *columns: Sequence[Any]) -> None:
    if any(len(column) != count for column in columns):
        raise Malformed("columns of different lengths")


def _once(values: list[Any]) -> tuple[list[Any], list[int]]:
    place = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(place), [place[value] for value in values]


def _picked(words: list[Any], places: list[int]) -> list[Any]:
    if any(place < 0 for place in places):
        raise Malformed("a place before the first")
    return [words[place] for place in places]


def _steps(values: list[int]) -> list[int]:
    return [value - before for before, value in zip([0, *values], values, strict=False)]


def _summed(steps: list[int]) -> list[int]:
    total, found = 0, []
    for step in steps:
        total += step
        found.append(total)
    return found


def _planes(ids: list[bytes]) -> bytes:
    """Ids of 16 bytes, all first bytes first: their beginnings are nearly the same, and so cost nothing once pressed."""
    joined = b"".join(ids)
    return b"".join(joined[place::16] for place in range(16))


def _rows(planes: bytes, count: int) -> list[bytes]:
    if len(planes) != 16 * count:
        raise Malformed("how many ids there are")
    joined = bytearray(16 * count)
    for place in range(16):
        joined[place::16] = planes[place * count : (place + 1) * count]
    whole = bytes(joined)
    return [whole[at : at + 16] for at in range(0, len(whole), 16)]


