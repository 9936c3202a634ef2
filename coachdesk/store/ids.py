"""Identifiers: UUIDv7 made on the device, UUIDv5 for natural single records, short references for people.

Source: RFC 9562 section 5.7; SYNC.md section 2. The dice can be replaced by the composition root.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from uuid import UUID, SafeUUID, uuid5

from coachdesk.clock import wall_milliseconds

Dice = Callable[[int], bytes]
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_dice: Dice = os.urandom
_RANDOM_BITS = 73       # of 74: the topmost is left for what is counted up within a millisecond
_new, _put, _number, _UNKNOWN = object.__new__, object.__setattr__, int.from_bytes, SafeUUID.unknown
_last = (0, 0)          # milliseconds and random part of the id made last in this process


def use_dice(dice: Dice) -> None:
    """Replaces the source of randomness for ids (composition root and tests only)."""
    global _dice  # noqa: PLW0603  the one seam for the composition root and tests
    _dice = dice


def new_id() -> UUID:
    """A time-ordered id: 48 bits of milliseconds, then random bits; within one millisecond each is above the one before it.

    Rows written in one action so keep the order in which they were said (RFC 9562 section 6.2, method 2).
    """
    global _last  # noqa: PLW0603  what the last one was is all the state there is
    now, part = wall_milliseconds(), int.from_bytes(_dice(10), "big") % (1 << _RANDOM_BITS)
    before, last_part = _last
    if now == before:
        part = last_part + 1 + part % (1 << 32)
    _last = (now, part)
    high, low = part >> 62, part & ((1 << 62) - 1)
    return UUID(int=now << 80 | 0x7 << 76 | high << 64 | 0x2 << 62 | low)


def id_of(raw: bytes) -> UUID:
    """An id from its 16 bytes, in a third of the time that UUID(bytes=…) takes: long lists are made of these."""
    made = _new(UUID)
    _put(made, "int", _number(raw, "big"))
    _put(made, "is_safe", _UNKNOWN)
    return made


def natural_id(space: UUID, *parts: str) -> UUID:
    """The id of a natural single record (a lot's month, a claimable): never for people, it is guessable."""
    return uuid5(space, "\x1f".join(parts))


def short_reference(prefix: str) -> str:
    """`CW-7K3-Q9D`: 25 random bits and a check character, read aloud without mistakes (Crockford's base 32)."""
    number = int.from_bytes(_dice(4), "big") % 32**5
    body = "".join(_CROCKFORD[number // 32**i % 32] for i in range(5))
    text = body + check_character(prefix + body)
    return f"{prefix}-{text[:3]}-{text[3:]}"


def random_numbers(count: int) -> list[int]:
    """Numbers of 0 to 255 from the dice."""
    return list(_dice(count))


def check_character(text: str) -> str:
    """Weighted sum modulo 31 over the letters and digits, so that one wrong or two swapped characters show."""
    total = sum(weight * (ord(sign) - 47) for weight, sign in enumerate(text.upper(), 2) if sign.isalnum())
    return _CROCKFORD[total % 31]


def is_reference(text: str) -> bool:
    """Whether the text is a reference with the right check character."""
    prefix, dash, rest = text.strip().upper().partition("-")
    body = rest.replace("-", "")
    return bool(dash) and len(body) == 6 and body[-1] == check_character(prefix + body[:-1])
