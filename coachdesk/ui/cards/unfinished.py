"""A half-filled form that outlives a crash: kept while one types, offered again, forgotten once it is saved or thrown away."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from coachdesk.clock import day_text
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.typed import type_in, typed_in


def kept_words(what: str, at: datetime) -> str:
    """The quiet sentence: `An unfinished line of 12 May 2020 was kept.`"""
    return f"An unfinished {what} of {day_text(at.astimezone().date())} was kept."


class Unfinished(QObject):
    """One form. begin(name) once it shows what is known; `name` is given to desk.act(forgets=…) when it is saved.

    extra() and put_extra(words): one more thing that is no box.
    """

    def __init__(self, desk: Desk, form: Form, *, extra: Callable[[], str] | None = None,
                 put_extra: Callable[[str], object] | None = None) -> None:
        super().__init__(form)
        self._desk, self._form, self._extra, self._put_extra = desk, form, extra, put_extra
        self.name = ""
        self._before: dict[str, str] = {}
        form.changed.connect(self._on_form_changed)

    def begin(self, name: str, found: Callable[[datetime], object]) -> None:
        """From now on the form is kept under a name; what was kept before is put back, and `found(at)` told."""
        self.name, self._before = name, self._typed()

        def arrived(text: str, at: datetime) -> None:
            if self.name == name and self._typed() == self._before:
                self._put(json.loads(text))
                found(at)

        self._desk.remembered(name, self, arrived)

    def end(self, *, saved: bool = False) -> None:
        """The form is done with. What was saved is forgotten by the action that saved it; anything else is forgotten here."""
        name, self.name = self.name, ""
        if name and not saved:
            self._desk.forget(name)

    def leave(self) -> None:
        """Another form is shown in this place: what is kept stays."""
        self.name = ""
        self._desk.remember_now()

    def _typed(self) -> dict[str, str]:
        return typed_in(self._form.boxes()) | ({"": self._extra()} if self._extra else {})

    def _put(self, words: dict[str, str]) -> None:
        if self._put_extra and words.get(""):
            self._put_extra(words[""])
        for name, box in self._form.boxes().items():
            if words.get(name, "") != self._before.get(name, ""):
                type_in(box, words.get(name, ""))

    def _on_form_changed(self) -> None:
        if self.name:
            now = self._typed()
            self._desk.remember(self.name, "" if now == self._before else json.dumps(now, ensure_ascii=False))


def begun_words(session: Any, kept: list[tuple[str, datetime]]) -> tuple[str, str]:
    """What is said after a crash or the lock, and how to go on; empty when nothing was half typed."""
    for name, at in kept:
        kind, _space, rest = name.rpartition(" ")
        if kind == "outreach line":
            from coachdesk.outreach import queries

            row = queries.session_row(session, UUID(rest))
            if row is not None:
                return kept_words("line", at), f"It stands at the session of {day_text(row.held_on)}, {row.venue}: open it to go on."
        elif kind == "outreach contact":
            return kept_words("change of a contact", at), "Open the contact at its session to go on."
        elif name == "registration":
            return kept_words("registration", at), "Register a participant (Ctrl+Shift+R) brings it back."
        elif name.startswith("registration "):
            return kept_words("registration", at), "Begin it again from the same contact or referral, and it stands there."
    return "", ""
