"""In which order letters stand on a line that mixes scripts read from the left and from the right.

The Unicode Bidirectional Algorithm (UAX #9) for one line without embeddings and overrides, which `lettering.clean` takes out: paragraph
direction by the first strong letter (P2, P3), weak types (W1-W7), neutrals (N1, N2; brackets in pairs, N0, go with their surroundings),
levels (I1, I2), trailing spaces (L1) and order (L2). Mirrored brackets (L4) are HarfBuzz's, which shapes each run in its direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_RIGHT = ("R", "AL")
_NEUTRAL = ("B", "S", "WS", "ON", "BN", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def levels(text: str) -> list[int]:
    """The embedding level of each character: even ones are read from the left, odd ones from the right."""
    types = [unicodedata.bidirectional(char) or "L" for char in text]
    strong = next((kind for kind in types if kind in ("L", *_RIGHT)), "L")
    base = 0 if strong == "L" else 1
    whole = list(types)
    types = _weak(types, "R" if base else "L")
    types = _neutral(types, "R" if base else "L")
    found = [base + _above(kind, base) for kind in types]
    for at in range(len(found) - 1, -1, -1):            # L1: what is blank at the end of a line follows the paragraph
        if whole[at] not in ("WS", "S", "B"):
            break
        found[at] = base
    return found


def _above(kind: str, base: int) -> int:
    if base == 0:
        return {"L": 0, "R": 1}.get(kind, 2)            # I1; numbers stand two above
    return 0 if kind == "R" else 1                      # I2


def _weak(types: list[str], edge: str) -> list[str]:
    kinds = list(types)
    for at, kind in enumerate(kinds):                                                   # W1
        if kind == "NSM":
            kinds[at] = kinds[at - 1] if at else edge
    strong = edge
    for at, kind in enumerate(kinds):                                                   # W2, W3
        if kind in ("L", *_RIGHT):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):                                                 # W4
        before, kind, behind = kinds[at - 1:at + 2]
        if before == behind and ((kind in ("ES", "CS") and before == "EN") or (kind == "CS" and before == "AN")):
            kinds[at] = before
    for at, kind in enumerate(kinds):                                                   # W5
        if kind == "ET":
            end = next((behind for behind in range(at, len(kinds)) if kinds[behind] != "ET"), len(kinds))
            beside = (at > 0 and kinds[at - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
            kinds[at] = "EN" if beside else "ET"
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]            # W6
    strong = edge
    for at, kind in enumerate(kinds):                                                   # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _neutral(types: list[str], edge: str) -> list[str]:
    kinds, at = list(types), 0
    while at < len(kinds):                                                              # N1, N2
        if kinds[at] not in _NEUTRAL:
            at += 1
            continue
        end = next((behind for behind in range(at, len(kinds)) if kinds[behind] not in _NEUTRAL), len(kinds))
        left = _as_strong(kinds[at - 1]) if at else edge
        right = _as_strong(kinds[end]) if end < len(kinds) else edge
        kinds[at:end] = [left if left == right else edge] * (end - at)
        at = end
    return kinds


def _as_strong(kind: str) -> str:
    return "L" if kind == "L" else "R"


def in_order(pieces: Sequence[T], at_level: Sequence[int]) -> list[T]:
    """Pieces, each of one level, as they stand on the line from left to right (L2)."""
    found = list(zip(at_level, pieces, strict=True))
    for level in range(max(at_level, default=0), 0, -1):
        begin = 0
        while begin < len(found):
            if found[begin][0] < level:
                begin += 1
                continue
            end = next((behind for behind in range(begin, len(found)) if found[behind][0] < level), len(found))
            found[begin:end] = reversed(found[begin:end])
            begin = end
    return [piece for _, piece in found]
