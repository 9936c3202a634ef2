"""What a postcode looks like (DOMAIN, section 7), and the postcode area it belongs to. Plain Python."""

from __future__ import annotations

import re

INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"     # C, I, K, M, O and V never end a postcode
# Section 7's pattern, with P allowed in "N1P": 868 live postcodes of Code-Point Open 2025.2 stand there.
_SHAPE = re.compile(r"([A-PR-UWYZ](?:[0-9][0-9A-HJKPSTUW]?|[A-HK-Y][0-9][0-9ABEHMNPRVWXY]?))([0-9][ABD-HJLNP-UW-Z]{2})")
_SPACES = re.compile(r"\s+")
_LONGEST = 40                               # nobody types more spaces than this into a postcode box


def postcode_of(text: str) -> str | None:
    """The postcode in upper case with one space out ("b375tx" → "B37 5TX"), or None where the text has not the shape of one.

    Any case and any spacing come in. The shape says nothing on whether the postcode exists: an edition knows that. "GIR 0AA" has
    not the shape, so it is None.
    """
    if len(text) > _LONGEST:
        return None
    found = _SHAPE.fullmatch(_SPACES.sub("", text).upper())
    return f"{found[1]} {found[2]}" if found else None


def area_of(postcode: str) -> str:
    """The letters that a postcode begins with: "B" for "B37 5TX", "CV" for "CV3 1AA"."""
    return postcode[:2] if postcode[1:2].isalpha() else postcode[:1]
