"""One piece of help, as quick as a line: who, what, how long, how. The desk proposes whether it is meaningful; the coach decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.activity import actions, queries, rules
from coachdesk.activity.queries import InterventionRow
from coachdesk.clock import day_text, month_of
from coachdesk.ui.activity.sent_note import SentNote
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.find_field import Choice
from coachdesk.ui.cards.person_picker import PersonPicker
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, NoteField, TickField, WholeNumberField
from coachdesk.ui.parts.privacy import initials, shown_name
from coachdesk.ui.parts.text import PlainLabel

_NOBODY = "How far the person is will stand here."


class HelpForm(Editor):
    """`saved(id or None, sentence)`. After a save the form is ready for the next person; day and mode stay as they were."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Log help", taken=taken)
        self._desk = desk
        self._of: InterventionRow | None = None
        self._decided = False  # the coach has touched the tick
        self.manners: tuple[rules.Manner, ...] = ()  # the contract's definition of meaningful, as the page has read it
        self._build()
        self.person.chosen.connect(self._on_person_chosen)
        for box in (self.minutes, self.mode, self.kind, self.day):
            box.changed.connect(self._propose)
        self.meaningful.changed.connect(self._on_tick_changed)
        self.day.changed.connect(self._show_reason)
        self.begin()

    def _build(self) -> None:
        form = self.form
        self.person = form.add("Person", PersonPicker(self._desk), required=True)
        self.standing = PlainLabel(_NOBODY, "muted", wrap=True)
        form.put(self.standing)
        self.sent = SentNote(self._desk)
        form.put(self.sent)
        self.changed_why = form.add(
            "Reason for the change",
            LineField("such as: wrong day typed"),
            hint="Needed when its month may have been claimed; the next claim shows the difference with it.",
        )
        self.kind = form.add("Kind of help", ChoiceField([(kind, kind) for kind in rules.KINDS]), required=True)
        self.minutes = form.add("Minutes", WholeNumberField(1, rules.MOST_MINUTES), required=True)
        self.mode = form.add("How", ChoiceField([(mode, mode) for mode in rules.MODES]), required=True, beside=True)
        self.mode.setMinimumContentsLength(10)
        self.meaningful = form.add("", TickField("Meaningful"))
        self.proposal = PlainLabel("", "muted", wrap=True)
        form.put(self.proposal)
        self.why = form.add("Why it counts otherwise", LineField("in a few words; your word counts"), required=True)
        self.day = form.add("Day", DateField(self._desk.today), required=True)
        self.place = form.add("Where", LineField(), beside=True)
        self.note = form.add("Note", NoteField(2))
        self.remove_button = Button("Remove", self._remove)
        self._end("&Save", self.remove_button, cancel="Clear")

    def begin(self, row: InterventionRow | None = None, person: UUID | None = None, *, keep: bool = False) -> None:
        """The form for another piece of help (of a person who is known already), or for one to change. `keep`: day and mode stay."""
        kept = (self.day.value(), self.mode.value()) if keep else (self._desk.today(), rules.FACE_TO_FACE)
        self._of, self._decided = row, False
        self.form.clear()
        self.sent.look(*((row.participant_id, row.happened_on) if row else (None, None)))
        self.remove_button.setVisible(row is not None)
        self.cancel_button.setText("Clear" if row is None else "Cancel")
        self.person.setEnabled(row is None)
        self.standing.setText(_NOBODY)
        if row is None:
            self.set_title("Log help")
            self.day.set_value(kept[0])
            self.mode.set_value(kept[1])
            self.person.set_value(person)
        else:
            self._fill(row)
        self._propose()
        self._show_reason()

    def _fill(self, row: InterventionRow) -> None:
        self.set_title("Change help")
        self.person.choose(
            Choice(row.participant_id, row.participant, f"{row.reference} · {row.lot}", f"{initials(row.participant)} {row.reference}")
        )
        for box, value in (
            (self.kind, row.kind),
            (self.minutes, row.minutes),
            (self.mode, row.mode),
            (self.day, row.happened_on),
            (self.place, row.place),
            (self.note, row.note),
            (self.meaningful, row.is_meaningful),
        ):
            box.set_value(value)
        self._decided = self._is_otherwise()  # only a coach's own word stands while the rest is corrected
        self._propose()
        self.why.set_value(row.why if self._is_otherwise() else None)

    def first_focus(self) -> None:
        """Where typing begins: the person, or the kind when the person is known."""
        (self.kind if self.person.value() else self.person).setFocus()

    # as one types

    def _proposal(self) -> rules.Proposal | None:
        mode, minutes = self.mode.value(), self.minutes.value()
        return rules.propose_meaningful(mode, minutes, self._manner(), self.kind.value() or "") if mode and minutes else None

    def _manner(self) -> rules.Manner:
        """The contract's definition of the day that is typed, else the desk's own manner."""
        return rules.manner_on(self.manners, self.day.value() or self._desk.today()) or rules.Manner()

    def _is_otherwise(self) -> bool:
        proposal = self._proposal()
        return proposal is not None and proposal.is_meaningful != self.meaningful.value()

    def _propose(self) -> None:
        proposal = self._proposal()
        if proposal is not None and not (self._decided and self._manner().coach_may_differ):
            self.meaningful.blockSignals(True)
            self.meaningful.set_value(proposal.is_meaningful)
            self.meaningful.blockSignals(False)
        self._show_proposal()

    def _show_proposal(self) -> None:
        proposal, manner = self._proposal(), self._manner()
        self.meaningful.setEnabled(manner.coach_may_differ)
        if proposal is None:
            self.proposal.setText("The desk proposes this from minutes and how; you decide." if manner.coach_may_differ else
                                  f"The contract’s definition decides this ({manner.clause}).")
        else:
            says = "The desk proposes" if manner.coach_may_differ else "By the contract’s definition"
            clause = f" ({manner.clause})" if manner.clause else ""
            self.proposal.setText(f"{says} {'meaningful' if proposal.is_meaningful else 'not meaningful'}: {proposal.why}{clause}.")
        self.form.row_of(self.why).setVisible(self._is_otherwise())

    def _on_tick_changed(self) -> None:
        self._decided = True
        self._show_proposal()

    def _show_reason(self) -> None:
        self.form.row_of(self.changed_why).setVisible(self._of is not None)

    def _on_person_chosen(self, choice: Choice | None) -> None:
        self.standing.setText(_NOBODY)
        if choice is None:
            return
        person, on = choice.id, self._desk.today()

        def ask(session: Any) -> tuple[int, int, Any]:
            return (
                queries.progress(session, [person])[person],
                queries.needed(session, on),
                queries.last_contact(session, [person]).get(person),
            )

        def tell(found: tuple[int, int, Any]) -> None:
            if self.person.value() == person:
                last = f"last contact {day_text(found[2])}" if found[2] else "no help yet"
                self.standing.setText(f"{choice.detail} · {rules.progress_text(found[0], found[1])} · {last}")

        self._desk.read(ask, self, tell)

    # saving

    def _given(self) -> dict[str, Any]:
        given: dict[str, Any] = {
            "happened_on": self.day.value(),
            "minutes": self.minutes.value(),
            "mode": self.mode.value(),
            "kind": self.kind.value(),
            "place": self.place.value(),
            "note": self.note.value(),
        }
        given["is_meaningful"] = self.meaningful.value()
        given["why"] = self.why.value() if self._is_otherwise() else None
        return given

    def _may_be_claimed(self) -> bool:
        """Its month is over, so a claim may rest on it (the claim itself is looked at by nobody here: it follows what stands)."""
        return self._of is not None and month_of(self._of.happened_on) < month_of(self._desk.today())

    def _save(self) -> None:
        given, person, day = self._given(), self.person.value(), self.day.value()
        old, why = self._of, self.changed_why.value()
        if old is not None:
            if self._may_be_claimed() and not why:
                self.form.say_wrong(self.changed_why, "Say why it changes: its month may have been claimed. Nothing was saved yet.")
                return
            if given["is_meaningful"] != old.is_meaningful:
                given["why"] = given["why"] or getattr(self._proposal(), "why", None)

        def run(session: Any) -> tuple[UUID, int, int]:
            if old is None:
                id = actions.log_intervention(session, participant=person, **given)
            else:
                id = old.id
                actions.change_intervention(session, id, changed_why=why, **given)
            return id, queries.progress(session, [person])[person], queries.needed(session, day)

        choice = self.person.choice()
        name = choice.shown() if choice else ""
        said = f"{given['kind']}, {given['minutes']} min, {given['mode']}, for {name} on {day_text(day)}"
        self._act(self._desk, "Change help" if old else "Log help", run, lambda made: self._tell(made, said))

    def _tell(self, made: tuple[UUID, int, int], said: str) -> None:
        id, count, needed = made
        was_new = self._of is None
        self.begin(keep=was_new)
        standing = rules.progress_text(count, needed)
        self.saved.emit(id, f"{'Saved' if was_new else 'Changed'}: {said}. {standing[0].upper()}{standing[1:]}.")
        if was_new:
            self.first_focus()

    def _remove(self) -> None:
        if self._of is None:
            return
        if self.changed_why.is_empty():
            self.form.say_wrong(self.changed_why, "Say why it is removed; the reason stays in the log. Nothing was removed yet.")
            return
        known, why, name = self._of.id, self.changed_why.value(), shown_name(self._of.participant, self._of.reference)

        def tell(_none: Any) -> None:
            self.begin()
            self.saved.emit(None, f"Removed: help for {name}. Ctrl+Z brings it back.")

        self._act(self._desk, "Remove help", lambda session: actions.remove_intervention(session, known, why=why), tell)
