"""Upstairs: everything that knows Qt. Screens speak to rooms; only the shell knows which screen shows what."""

from __future__ import annotations

import sys

_MANY = 1 << 30


def keep_singletons() -> None:
    """Before Python 3.12: make None, True and False last for ever, as Python itself does since.

    PySide6 6.12.0 is built for the immortal None of 3.12 (PEP 683): on 3.11 each Qt call that answers None takes one reference too many,
    and after some thousand calls the program ends with "deallocating None" (measured: `widget.update()`, -1 a call; `signal.emit()` does
    the same to True). Called after the first paint and by `ui.work`, which everything beyond the unlock window imports.
    """
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython" or sys.getrefcount(None) >= _MANY:
        return
    import ctypes

    for one in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(one))
        if abs(count.value - sys.getrefcount(one)) < 16:            # it is where we think it is
            count.value += _MANY
