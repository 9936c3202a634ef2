"""How the ledger writes money and small numbers for people."""

from __future__ import annotations

from collections.abc import Iterable

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def pounds(pence: int) -> str:
    """"£1,234.56"; a negative amount carries a true minus sign: "−£12.00"."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{whole:,}.{rest:02d}"


def less(pence: int, by: int) -> str:
    """A subtraction as people write it: "£12.00 − £5.00"; taking away less than nothing is adding: "£12.00 + £5.00"."""
    return f"{pounds(pence)} {'−' if by >= 0 else '+'} {pounds(abs(by))}"


def added(amounts: Iterable[int]) -> str:
    """A sum as people write it: "£12.00 + £5.00 − £3.00"."""
    first, *rest = amounts
    return pounds(first) + "".join(f" {'−' if each < 0 else '+'} {pounds(abs(each))}" for each in rest)


def number(count: int) -> str:
    """"three" up to twelve, figures beyond."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else str(count)
