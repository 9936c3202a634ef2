"""The contract and its dated rules, as cards that a lead can read."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import month_from_text, month_words
from coachdesk.programme.queries import ContractRow, TermRow
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.programme.entries import Entries
from coachdesk.ui.programme.reading import Shown, is_on, span


class ContractView(QWidget):
    """Read-only: terms are set by the programme's template."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        place = QWidget()
        self._down = QVBoxLayout(place)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(MEDIUM + SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.addWidget(Scrolled(place))

    def show_programme(self, shown: Shown, today: date) -> None:
        """Contract, milestones, floors."""
        while (item := self._down.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if any(is_sample(term) for term in shown.terms):
            note = Tag(
                "Sample figures: the contract’s own amounts and clauses are not published. Put yours into the programme template "
                "before the first claim.",
                "careful",
            )
            note.setWordWrap(True)
            self._down.addWidget(note)
        self._down.addWidget(_contract_card(shown.contract))
        milestones = Card("Milestones, oldest first")
        entries = Entries()
        for term in shown.terms:
            if term.kind != "floor":
                now = "in force today" if is_on(today, term.from_day, term.to_day) else ""
                entries.add(*_milestone(term), now, "good")
        milestones.body.addWidget(entries)
        self._down.addWidget(milestones)
        for term in shown.terms:
            if term.kind == "floor":
                self._down.addWidget(_floor_card(term))
        self._down.addStretch(1)


def is_sample(term: TermRow) -> bool:
    """Whether a term says of itself that it is made up."""
    return "(sample)" in term.clause


def _contract_card(contract: ContractRow) -> Card:
    card = Card(contract.name)
    card.body.addWidget(
        Facts(
            [
                ("Contract", contract.contract),
                ("Runs", span(contract.starts_on, contract.ends_on)),
                ("Data controller", contract.controller),
                ("Data processor", contract.processor),
                ("Records are kept", f"{contract.retention_years} years after the end"),
                ("Connections to a ward", "; ".join(contract.connections)),
            ]
        )
    )
    return card


def _milestone(term: TermRow) -> tuple[str, str]:
    """(what and how much, clause and days) of a milestone."""
    title = term.details.get("title") or term.code
    return (
        f"{title}: {pence_text(int(term.details.get('amount_pence', 0)))}",
        f"{term.clause}; rule {term.code} v{term.version.removeprefix('v')}; {span(term.from_day, term.to_day)}",
    )


def _floor_card(term: TermRow) -> Card:
    card, details = Card("Floor: the larger of a month’s own claim and an average month is paid"), term.details
    base = f"{_month(details['base_from'])} to {_month(details['base_to'])}"
    totals = details.get("base_totals", {})
    card.body.addWidget(
        Facts(
            [
                ("In force for", f"{_month(details['from_month'])} to {_month(details['to_month'])}"),
                ("Base months", base),
                ("Divided by", details["divisor"]),
                ("Rounding", details.get("rounding", "half up")),
                ("Clause", term.clause),
                ("Version", term.version),
            ]
        )
    )
    if totals:
        card.body.addWidget(
            PlainLabel("What counts for each lot, all base months together, until their claims are sent from here:", "muted", wrap=True)
        )
        card.body.addWidget(Facts([(lot, pence_text(int(pence))) for lot, pence in sorted(totals.items())]))
    return card


def _month(text: str) -> str:
    return month_words(month_from_text(text))
