"""A receipt: what a claim asked for, as one document that proves itself and names the one before it. Plain JSON, no names of people.

Canonical form: UTF-8, keys in order, no blanks, whole pence; without the names of lot and contract, which may be spelt otherwise one day
(the lot's id stands in it). The SHA-256 of that is the receipt's own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from coachdesk.errors import Refusal

FORMAT, VERSION = "coachdesk receipt", 1
_LINE = {"id": str, "claimable": str, "milestone": str, "title": str, "subject": str, "earned": str, "amount_pence": int,
         "value_pence": int, "taken_pence": int, "rule": str, "clause": str, "arithmetic": str, "reason": str,
         "activities": list, "number": int}
_WHOLE = {"contract": str, "lot": str, "lot_id": str, "month": str, "number": int, "claim_id": str, "drafted_at": str, "sent_on": str,
          "actual_pence": int, "payable_pence": int, "lines": list}
_MOST = 64 * 1024 * 1024


def canonical(document: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed: everything but the hash and the two names."""
    without = {name: value for name, value in document.items() if name not in ("sha256", "lot", "contract")}
    return json.dumps(without, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256_of(document: Mapping[str, Any]) -> str:
    """The receipt's own hash, 64 hex digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def sealed(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its hash."""
    return {**document, "sha256": sha256_of(document)}


def file_bytes(document: Mapping[str, Any]) -> bytes:
    """A receipt as its file holds it: readable, with the hash."""
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def read(content: bytes) -> dict[str, Any]:
    """A receipt from the bytes of its file, proved. Refusal for anything else, and for one that was changed since it was written."""
    wrong = Refusal("This file is not a receipt of a claim.", "Choose a file that “Save the pack” wrote. Nothing was changed.")
    if len(content) > _MOST:
        raise wrong
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError):
        raise wrong from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise wrong
    if found.get("version") != VERSION:
        raise Refusal("This receipt was written by a newer CoachDesk.", "Update this one, then load it again. Nothing was changed.")
    if not isinstance(found.get("sha256"), str) or sha256_of(found) != found["sha256"]:
        raise Refusal("This receipt was changed after it was written: its hash does not fit.",
                      "Ask for the file as it was sent. Nothing was changed.")
    if not _has(found, _WHOLE) or not all(isinstance(line, dict) and _has(line, _LINE) for line in found["lines"]):
        raise wrong
    if found["payable_pence"] != sum(line["amount_pence"] for line in found["lines"]):
        raise Refusal("The lines of this receipt do not come to its sum.", "Ask for the file as it was sent. Nothing was changed.")
    previous = found.get("previous")
    if previous is not None and not (isinstance(previous, dict) and _has(previous, {"number": int, "sha256": str})):
        raise wrong
    return found


def _has(found: Mapping[str, Any], fields: Mapping[str, type]) -> bool:
    return all(type(found.get(name)) is kind for name, kind in fields.items())


def _no_float(text: str) -> Any:
    raise ValueError(text)
