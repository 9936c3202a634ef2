"""The contract and its dated rules, as cards that a lead can read."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import day_text, month_from_text, month_words
from coachdesk.programme.queries import ContractRow, NetworkRow, TermRow
from coachdesk.programme.rules import CAP, EVIDENCE, FLOOR, LATENESS, OTHER_KINDS
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.programme.entries import Entries
from coachdesk.ui.programme.reading import Shown, is_on, span


class ContractView(QWidget):
    """To be read. `network_asked`: how partners are tended is to be changed; `bring_asked`, `write_asked`: a file of terms comes in, or
    goes out to be changed."""

    network_asked = Signal()
    bring_asked = Signal()
    write_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.network_button: Button | None = None
        self.bring_button = Button("&Bring in terms…", self.bring_asked.emit)
        self.write_button = Button("&Write the terms to a file…", self.write_asked.emit)
        place = QWidget()
        self._down = QVBoxLayout(place)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(MEDIUM + SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(ButtonRow((self.bring_button, self.write_button)))
        layout.addWidget(Scrolled(place))

    def show_programme(self, shown: Shown, today: date) -> None:
        """Contract, milestones, floors."""
        was_here = self.network_button is not None and self.network_button.hasFocus()
        while (item := self._down.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if any(is_sample(term) for term in shown.terms):
            note = Tag(
                "Sample figures: the contract’s own amounts and clauses are not published. Write the terms "
                "to a file, put yours in, and bring it in before the first claim.",
                "careful",
            )
            note.setWordWrap(True)
            self._down.addWidget(note)
        self._down.addWidget(_contract_card(shown.contract))
        if shown.network is not None:
            self._down.addWidget(self._network_card(shown.network))
        milestones = Card("Milestones, oldest first")
        entries = Entries()
        for term in shown.terms:
            if term.kind not in OTHER_KINDS:
                now = "in force today" if is_on(today, term.from_day, term.to_day) else ""
                entries.add(*rule_words(term), now, "good")
        milestones.body.addWidget(entries)
        self._down.addWidget(milestones)
        limits = Entries()
        for term in shown.terms:
            if term.kind in OTHER_KINDS and term.kind != FLOOR:
                now = "in force today" if is_on(today, term.from_day, term.to_day) else ""
                limits.add(*rule_words(term), now, "good")
        if any(term.kind in OTHER_KINDS and term.kind != FLOOR for term in shown.terms):
            card = Card("Limits, proofs and definitions")
            card.body.addWidget(limits)
            self._down.addWidget(card)
        if shown.scales:
            self._down.addWidget(_scales_card(shown, today))
        for term in shown.terms:
            if term.kind == FLOOR:
                self._down.addWidget(_floor_card(term))
        self._down.addStretch(1)
        if was_here and self.network_button is not None:
            self.network_button.setFocus(Qt.FocusReason.OtherFocusReason)


    def _network_card(self, network: NetworkRow) -> Card:
        card = Card("How partners are tended")
        card.body.addWidget(Facts([
            ("In touch", f"at least every {network.cadence_days:,} day{'' if network.cadence_days == 1 else 's'}, unless said otherwise"),
            ("Steps of trust", "; ".join(f"{at} {step}" for at, step in enumerate(network.trust, 1))),
            ("Cold up to", network.cold_to), ("Works with us from", network.warm_from)]))
        self.network_button = Button("C&hange how partners are tended…", self.network_asked.emit)
        card.body.addWidget(ButtonRow((self.network_button,)))
        return card


def rule_words(term: TermRow) -> tuple[str, str]:
    """(what a rule says, its clause and days), in a line each."""
    if term.kind == FLOOR:
        words = f"Floor: the average of {_month(term.details['base_from'])} to {_month(term.details['base_to'])}, {term.details['divisor']}"
        return words, f"{term.clause}; version {term.version}"
    if term.kind in OTHER_KINDS:
        return _words_of(term), f"{term.clause}; version {term.version}; {span(term.from_day, term.to_day)}"
    return _milestone(term)


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
    title, amounts = term.details.get("title") or term.code, term.details.get("amounts", {})
    much = ", ".join(f"{pence_text(int(pence))} in {lot}" for lot, pence in sorted(amounts.items()))
    return (
        f"{title}: {much or pence_text(int(term.details.get('amount_pence', 0)))}{_threshold(term)}",
        f"{term.clause}; rule {term.code} v{term.version.removeprefix('v')}; {span(term.from_day, term.to_day)}",
    )


def _threshold(term: TermRow) -> str:
    """What a milestone asks for beyond its name."""
    wanted = term.details
    if term.kind == "interventions":
        return f", for {wanted.get('count', 3)} of them"
    if "weeks" in wanted:
        hours = f" of at least {wanted['hours_a_week']} hours a week" if wanted.get("hours_a_week") else ""
        breaks = f", breaks of up to {wanted['break_days']} days" if "break_days" in wanted else ""
        return f", after {wanted['weeks']} weeks in work{hours}{breaks}"
    if "earnings_pence" in wanted:
        within = f" within {wanted['within_days']} days" if wanted.get("within_days") else ""
        return f", after {pence_text(int(wanted['earnings_pence']))} earned{within}"
    if term.kind == "progression":
        ways = [f"{wanted['hours_more']} hours a week more"] if "hours_more" in wanted else []
        return ", for " + " or ".join([*ways, *(["a higher pay band"] if "pay_bands" in wanted else [])])
    return ""


def _words_of(term: TermRow) -> str:
    """A cap, a limit on lateness, a proof that is asked for, or the definition of meaningful, in one sentence."""
    wanted = term.details
    if term.kind == CAP:
        most = [f"{wanted['most']:,}"] if "most" in wanted else []
        most += [pence_text(int(wanted["most_pence"]))] if "most_pence" in wanted else []
        per = "in the contract" if wanted["per"] == "contract" else f"a {wanted['per']}"
        return f"Cap: {wanted.get('title') or term.code}: at most {' and '.join(most)} {per}"
    if term.kind == LATENESS:
        return f"Claimed at the latest {wanted['months']} months after the month it was earned in: {term.code}"
    if term.kind == EVIDENCE:
        checked = ", checked by somebody" if wanted.get("verified") else ""
        phrases = [(each["phrase"], day_text(date.fromisoformat(each["from"]))) for each in wanted.get("wordings", ())]
        words = "".join(f"; with the words “{phrase}” since {since}" for phrase, since in phrases)
        return f"Proof needed for {wanted['milestone']}: {wanted.get('title') or wanted['proves']}{checked}{words}"
    differ = "" if wanted.get("coach_may_differ", True) else "; a coach cannot decide otherwise"
    return f"Meaningful: at least {wanted['least_minutes']} minutes, {', '.join(wanted['modes'])}{differ}"


def _scales_card(shown: Shown, today: date) -> Card:
    """By what the distance travelled is told, and when it is asked a second time."""
    card, entries = Card("Distance travelled"), Entries()
    for scale in shown.scales:
        now = "asked today" if is_on(today, scale.from_day, scale.to_day) else ""
        about = ", ".join(part for part in (scale.source, span(scale.from_day, scale.to_day)) if part)
        entries.add(f"{scale.title}: {len(scale.questions)} questions, {scale.low} to {scale.high}; a second time after "
                    f"{scale.again_after_days} days", about, now, "good")
    card.body.addWidget(entries)
    return card


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
