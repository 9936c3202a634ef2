"""Lots at the left, one lot at the right: wards by edition, postcodes taken in by hand, who delivers, who works there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from coachdesk.programme import rules as programme_rules
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.programme.entries import Entries
from coachdesk.ui.programme.reading import LotDetail, LotShown, is_on, span

_LOTS = (Column("Lot", "name", 0), Column("Wards today", "wards", 18), Column("Lead provider today", "lead", 26))


class FoldedForm(QWidget):
    """A button that unfolds a form below it; Esc or Cancel folds it again. `begun()` then `entered()` when it is filled in right."""

    begun = Signal()
    entered = Signal()

    def __init__(self, words: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(words, self.unfold)
        self.form = Form()
        self._save = save
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SMALL, 0, 0)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.form)
        self.form.hide()

    def end(self) -> None:
        """The fields are all there: put the buttons below them."""
        self.form.buttons(Button(self._save, self._on_submitted, role="primary"), Button("Cancel", self.fold))
        self.form.submitted.connect(self._on_submitted)

    def unfold(self) -> None:
        """Show the form, empty."""
        self.form.clear()
        self.button.hide()
        self.form.show()
        self.form.first_focus()
        self.begun.emit()
        QTimer.singleShot(0, self, self.into_view)

    def into_view(self) -> None:
        """Scroll so far that the whole of it can be seen."""
        at = self.parentWidget()
        while at is not None and not isinstance(at, QScrollArea):
            at = at.parentWidget()
        if at is not None:
            at.ensureWidgetVisible(self)

    def fold(self) -> None:
        """Hide the form; the keyboard goes back to the button."""
        had_it = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.form.hide()
        self.button.show()
        if had_it:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_submitted(self) -> None:
        if self.form.check():
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.form.isVisible():
            self.fold()
        else:
            super().keyPressEvent(event)


class LotsView(QWidget):
    """`lot_chosen(id)` as one moves in the list; `inclusion_entered` and `provider_entered` carry the fields as a dict."""

    lot_chosen = Signal(object)
    inclusion_entered = Signal(object)
    provider_entered = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.lots = RowTable("Lots", _LOTS, empty="This programme has no lots. Begin a store from a programme template.")
        self.lots.current_changed.connect(self._on_current_changed)
        self.lots.row_chosen.connect(lambda _row: self._go_in())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.addWidget(Sides(self.lots, Scrolled(self._build_detail()), (560, 520)))
        self.detail: LotDetail | None = None

    def _build_detail(self) -> QWidget:
        self._name = PlainLabel("", "subheading", wrap=True)
        self._facts, self.wards, self.included, self.tenures, self.team = Facts(), Entries(), Entries(), Entries(), Entries()
        self._build_inclusion()
        self._build_provider()
        place = QWidget()
        down = QVBoxLayout(place)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM + SMALL)
        head = Card()
        head.body.addWidget(self._name)
        head.body.addWidget(self._facts)
        down.addWidget(head)
        for title, parts in (
            ("Wards, each by its own edition", (self.wards,)),
            ("Postcodes taken in by hand", (self.included, self.inclusion)),
            ("Who delivers", (self.tenures, self.provider)),
            ("Team", (self.team,)),
        ):
            card = Card(title)
            for part in parts:
                card.body.addWidget(part)
            down.addWidget(card)
        return place

    def _build_inclusion(self) -> None:
        self.inclusion = FoldedForm("&Take in a postcode…", "Take it in")
        form = self.inclusion.form
        self._postcode = form.add("Post&code", LineField("B34 7AA", 12), required=True)
        self._reason = form.add("&Why it counts", LineField("who agreed it, and why"), required=True)
        self._included_from = form.add("From", DateField(self._today), hint="Empty: always.")
        self._included_to = form.add("Until", DateField(self._today), hint="Empty: until further notice.", beside=True)
        self.inclusion.end()
        self.inclusion.entered.connect(self._on_inclusion)

    def _build_provider(self) -> None:
        self.provider = FoldedForm("Change the pro&vider…", "Change the provider")
        form = self.provider.form
        self._role = form.add("&Role", ChoiceField([(each, each) for each in programme_rules.TENURE_ROLES]), required=True)
        self._body = form.add("&Organisation", LineField(), hint="One that is not known yet is added.", required=True)
        self._begins = form.add("&First day", DateField(self._today), hint="The one before ends the day before.", required=True)
        self._duties = form.add("&Duties", LineField("recruiting, support, administration"), hint="Separated by commas.")
        self.provider.end()
        self.provider.begun.connect(self._on_provider_begun)
        self.provider.entered.connect(self._on_provider)

    # showing

    def show_lots(self, lots: Sequence[LotShown]) -> None:
        """The list; the first lot is chosen at the beginning."""
        self.lots.show_rows(lots)
        self._on_current_changed(self.lots.current())

    def go_to(self, id: Any) -> bool:
        """Stand on a lot; False where it is not in the list."""
        for at in range(self.lots.count()):
            if self.lots.model.row(at).id == id:
                self.lots.go_to(at)
                return True
        return False

    def show_detail(self, detail: LotDetail) -> None:
        """One lot."""
        self.detail = detail
        day, row = self._today(), detail.row
        self._name.setText(row.name)
        self._facts.show_pairs(
            [
                ("District", f"{row.district_name} ({row.district_code})"),
                ("Also written", ", ".join(row.aliases)),
                ("Wards today", ", ".join(row.wards)),
                ("Lead provider today", row.lead_provider or "nobody"),
                ("Delivery partner", row.delivery_partner or ""),
            ]
        )
        self._show_wards(detail, day)
        self.included.clear()
        for extra in detail.inclusions:
            self.included.add(f"{extra.postcode}: {extra.reason}", span(extra.from_day, extra.to_day))
        if not detail.inclusions:
            self.included.say("None. A postcode just outside the ward can be taken in, with the reason.")
        self.tenures.clear()
        for held in reversed(detail.tenures):
            now = "today" if is_on(day, held.from_day, held.to_day) else ""
            duties = f"; {', '.join(held.duties)}" if held.duties else ""
            self.tenures.add(f"{held.body}, {held.role}", span(held.from_day, held.to_day) + duties, now, "good")
        if not detail.tenures:
            self.tenures.say("Nobody yet.")
        self.team.clear()
        for member in detail.members:
            left = "" if is_on(day, member.from_day, member.to_day) else span(member.from_day, member.to_day)
            self.team.add(f"{member.name}, {member.role}", ", ".join(part for part in (member.employer or "", left) if part))
        if not detail.members:
            self.team.say("Nobody works in this lot yet.")

    def _show_wards(self, detail: LotDetail, day: date) -> None:
        self.wards.clear()
        for pair in detail.pairs:
            what = f"{pair.ward_name}, {pair.ward_code}, as in {pair.edition}"
            when = span(pair.from_day, pair.to_day) + ("; in force today" if is_on(day, pair.from_day, pair.to_day) else "")
            if pair.id in detail.findings:
                self.wards.add(what, f"{when}. {detail.findings[pair.id]}", "! to be checked", "careful")
            elif pair.id in detail.unread:
                self.wards.add(
                    what, f"{when}. Its edition is not on this computer; it decides nothing while the programme runs.", "not checked"
                )
            else:
                self.wards.add(what, when, "✓ as its edition has it", "good")

    # what happens

    def _on_current_changed(self, row: LotShown | None) -> None:
        if row is not None:
            self.lot_chosen.emit(row.id)

    def _go_in(self) -> None:
        self.inclusion.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.inclusion.into_view()

    def _on_inclusion(self) -> None:
        self.inclusion_entered.emit(
            {
                "postcode": self._postcode.value(),
                "reason": self._reason.value(),
                "from_day": self._included_from.value(),
                "to_day": self._included_to.value(),
            }
        )

    def _on_provider_begun(self) -> None:
        """It is nearly always the lead provider that changes."""
        self._role.set_value(programme_rules.LEAD_PROVIDER)
        self._body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_provider(self) -> None:
        duties = [each.strip() for each in self._duties.value().split(",") if each.strip()]
        self.provider_entered.emit(
            {"role": self._role.value(), "body": self._body.value(), "from_day": self._begins.value(), "duties": duties}
        )
