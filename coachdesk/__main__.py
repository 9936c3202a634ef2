"""Starts Python, nothing else: what to do is decided in app."""

from __future__ import annotations

import sys


def main() -> int:
    """The program; answers its exit code (0 done, 1 refused, 2 usage, 3 trouble)."""
    from coachdesk import app

    return app.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
