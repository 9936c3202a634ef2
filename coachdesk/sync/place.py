"""What a shared place says of itself (FORMAT.txt), and the sentence for one that is not this team's."""

from __future__ import annotations

import re

from coachdesk.sync import membership
from coachdesk.sync.carrier import FORMAT, AnotherPlace, Carrier

_LINE = re.compile(r"^(space|founding) ([0-9a-f]+)\s*$", re.MULTILINE)
_TEXT = """This folder belongs to CoachDesk. Everything in it is encrypted; the program keeps it in order.
Please do not rename, move or edit anything here. Nothing is lost if you do: each laptop holds a copy and puts it back.

coachdesk shared folder, format 1
space {space}
founding {founding}
"""


def write_format(carrier: Carrier, space: bytes, founding: bytes) -> None:
    """Makes a shared place this team's."""
    carrier.put(FORMAT, _TEXT.format(space=space.hex(), founding=founding.hex()).encode("ascii"))


def read_format(carrier: Carrier) -> tuple[bytes, bytes] | None:
    """(space, founding) of a shared place; None where there is no FORMAT.txt. AnotherPlace where it cannot be understood."""
    text = carrier.format_text()
    if text is None:
        return None
    told = dict(_LINE.findall(text))
    if "format 1" not in text or len(told.get("space", "")) != 32 or len(told.get("founding", "")) != 64:
        raise AnotherPlace("This folder was made by a newer CoachDesk, or its FORMAT.txt was changed.",
                           "Update CoachDesk, or check that this is the right folder. Nothing was changed.")
    return bytes.fromhex(told["space"]), bytes.fromhex(told["founding"])


def must_be(carrier: Carrier, space: bytes, founding: bytes, *, is_usual: bool) -> bool:
    """AnotherPlace unless the shared place is this team's; False where its FORMAT.txt is gone and has to be written again.

    is_usual: we met here before, so that an emptied or spoilt folder is ours to heal and not a stranger's.
    """
    try:
        told = read_format(carrier)
    except AnotherPlace:
        if is_usual:
            return False
        raise
    if told is None and (is_usual or any(entry.name == membership.name(founding) for entry in carrier.entries())):
        return False
    if told is None:
        raise AnotherPlace("This folder is not the team's shared folder: it holds nothing of the team.",
                           "Choose the folder that the team shares, or move the team here. Nothing was changed.")
    if told != (space, founding):
        raise AnotherPlace("This folder belongs to another team.", "Choose the folder that your team shares. Nothing was changed.")
    return True
