"""F1: every key, in one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.shell.spec import WINDOW_KEYS, Command


@dataclass(frozen=True)
class _KeyRow:
    keys: str
    does: str


class HelpPage(Page):
    """The window's own keys and those of the commands."""

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("Keys", "Everything works from the keyboard. Ctrl+K finds the rest.")
        self.table = RowTable("Keys", [Column("Key", "keys", 30), Column("What it does", "does", 0)])
        rows = [_KeyRow(command.keys, command.title) for command in commands if command.keys]
        self.table.show_rows(rows + [_KeyRow(keys, does) for keys, does in WINDOW_KEYS])
        self.body.addWidget(self.table, 1)

    def first_focus(self) -> None:
        self.table.setFocus()
