"""The forms of an organisation's Upkeep view, and what opens them; they stand below the list of organisations as its other forms do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.introduction_form import IntroductionForm
from coachdesk.ui.partner.touch_form import TouchForm
from coachdesk.ui.partner.trust_form import TrustForm
from coachdesk.ui.partner.upkeep_form import UpkeepForm


class Tending(QObject):
    """`show(form)` puts a form in front; `view` is the detail's UpkeepView."""

    def __init__(self, desk: Desk, taken: str, parent: QObject) -> None:
        super().__init__(parent)
        self.touch, self.trust = TouchForm(desk, taken), TrustForm(desk, taken)
        self.introduction, self.upkeep = IntroductionForm(desk, taken), UpkeepForm(desk, taken)
        self.forms = (self.touch, self.trust, self.introduction, self.upkeep)

    def connect_to(self, view: Any, show: Any) -> None:
        """From now on what the view asks for is shown."""
        view.asked.connect(lambda what, row: self.begin(what, row, view.sheet, show))

    def begin(self, what: str, row: Any, sheet: Any, show: Any) -> None:
        """One of the forms, for the organisation of this sheet."""
        if sheet is None:
            return
        partner, name = sheet.row.id, sheet.row.partner
        if what == "touch":
            show(self.touch)
            self.touch.begin(partner, name, sheet.contacts, sheet.members, row)
        elif what == "trust":
            show(self.trust)
            self.trust.begin(partner, name, sheet.row.trust, sheet.network.trust.steps)
        elif what == "introduction":
            show(self.introduction)
            self.introduction.begin(partner, name, sheet.contacts, row)
        else:
            show(self.upkeep)
            self.upkeep.begin(partner, name, sheet)
