"""The measured goals (GOALS.md): each module here has `rows()`, run by `python -m tests.bench`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Row:
    """One measured goal: ours against the floor, side by side in one run."""

    goal: str
    what: str
    floor_seconds: float
    ours_seconds: float
    limit: float
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """Ours ÷ floor; where the goal says "at least so many times", floor ÷ ours."""
        return self.floor_seconds / self.ours_seconds if self.at_least else self.ours_seconds / self.floor_seconds

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its limit."""
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit

    def said(self) -> str:
        """The row as it is printed, without its verdict."""
        bound = f"{'≥' if self.at_least else '≤'} {self.limit:g} ×"
        return (
            f"{self.goal:12} {self.ratio:8.3f} × ({bound})  floor {self.floor_seconds:.6f} s, ours {self.ours_seconds:.6f} s  {self.what}"
        )


@dataclass
class Share:
    """One measured goal that is no time: a share of a whole, or one count to another."""

    goal: str
    what: str
    value: float
    limit: float
    at_least: bool = True

    @property
    def holds(self) -> bool:
        """Whether the value is within its limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def said(self) -> str:
        """The row as it is printed, without its verdict."""
        return f"{self.goal:12} {self.value:8.4f}   ({'≥' if self.at_least else '≤'} {self.limit:g})  {self.what}"
