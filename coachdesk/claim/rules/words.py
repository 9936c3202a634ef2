"""How the ledger writes money and small numbers for people."""

from __future__ import annotations

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def pounds(pence: int) -> str:
    """"£1,234.56"; a negative amount carries a true minus sign: "−£12.00"."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{whole:,}.{rest:02d}"


def number(count: int) -> str:
    """"three" up to twelve, figures beyond."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else str(count)
