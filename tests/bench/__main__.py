"""`python -m tests.bench [NAME …]`: measures the goals of the named modules, or of all, and exits with 1 where one does not hold."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.bench import Row, Share


def measured(names: list[str]) -> list[Row | Share]:
    """The rows of the named modules, in order of name."""
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"There is no bench called {', '.join(unknown)}. There are: {', '.join(known)}.")
    found: list[Row | Share] = []
    for name in names or known:
        module = import_module(f"tests.bench.{name}")
        if hasattr(module, "rows"):
            found.extend(module.rows())
    return found


def main(names: list[str]) -> int:
    """Prints each row with its ratio and whether it holds."""
    found = measured(names)
    for row in found:
        print(f"{'holds' if row.holds else 'FAILS':6} {row.said()}")
    return 0 if all(row.holds for row in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
