"""Which ward somebody means by a code or a name; how many people a ward may have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coachdesk.errors import Refusal
from coachdesk.programme.rules.lots import folded

MOST_RESIDENTS = 200_000
_CODE = re.compile(r"[EWSN][0-9]{8}", re.ASCII)


def ward_code_of(known: Iterable[Iterable[tuple[str, str]]], typed: str) -> str:
    """A ward code as it was typed, in any case; else the code of the one ward of that name in the first list that has it.

    known: lists of (code, name), the likeliest first. Refusal for neither, or where a name fits several wards of a list.
    """
    clean = typed.strip()
    if _CODE.fullmatch(clean.upper()):
        return clean.upper()
    for wards in known:
        codes = sorted({code for code, name in wards if folded(name) == folded(clean)})
        if len(codes) == 1:
            return codes[0]
        if codes:
            raise Refusal(f"“{clean[:60]}” is the name of {len(codes)} wards: {', '.join(codes)}.", "Give the code. Nothing was changed.")
    raise Refusal(f"“{clean[:60]}” is neither a ward code like E05001203 nor a ward of this programme.",
                  "Take the code from the list of wards. Nothing was changed.")
