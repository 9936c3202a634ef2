"""One referral at a glance: who, where, what for, and every step as it was said."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.referral import queries, rules
from coachdesk.referral.queries import ReferralRow, StepRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.privacy import in_public, shown_name
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel

_WHO = {rules.CLIENT: "the client", rules.PROVIDER: "the provider", rules.NOT_ELIGIBLE: "not eligible"}


class ReferralDetail(QWidget):
    """Facts at the left, the history at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.row: ReferralRow | None = None
        self._more: list[tuple[str, str]] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.heading = PlainLabel("", "subheading", wrap=True)
        self.facts = Facts()
        about = Card()
        about.setAccessibleName("Referral")
        about.body.addWidget(self.heading)
        about.body.addWidget(Scrolled(self.facts), 1)
        self.steps = RowTable(
            "Steps of this referral",
            (Column("Day", "day", 12), Column("Step", "step", 16), Column("By", "by", 19), Column("Why", "why", 0)),
        )
        history = Card("What was said")
        history.body.addWidget(self.steps, 1)
        layout.addWidget(Sides(about, history, (440, 620)))

    def show_row(self, row: ReferralRow) -> None:
        """Show a referral; its steps are read from the store."""
        is_other = self.row is None or self.row.id != row.id
        self.row = row
        self._show_facts(row)
        if is_other:
            self._more = []
            self.steps.show_rows([])

        def ask(session: Any) -> tuple[list[StepRow], list[tuple[str, str]]]:
            return queries.steps(session, referral=row.id), _beside(session, row.id)

        def tell(found: tuple[list[StepRow], list[tuple[str, str]]]) -> None:
            if self.row is not None and self.row.id == row.id:
                self.steps.show_rows([_Said(step, row.direction) for step in found[0]])
                self._more = found[1]
                self._show_facts(row)

        self._desk.read(ask, self, tell)

    def show_again(self) -> None:
        """After the public place was switched."""
        if self.row is not None:
            self._show_facts(self.row)

    def _show_facts(self, row: ReferralRow) -> None:
        way = "to" if row.direction == rules.OUT else "from"
        self.heading.setText(f"{shown_name(row.participant, row.reference or '')} {way} {row.partner}")
        registered = row.reference or "not registered yet"
        waits = f", {row.days_waiting} day{'' if row.days_waiting == 1 else 's'}" if row.days_waiting is not None else ""
        pairs = [
            ("Now", f"{row.says}{waits}"),
            ("Person", registered if in_public() or not row.person_phone else f"{registered}, {row.person_phone}"),
            ("Need", "not shown in a public place" if in_public() else row.need),
            ("Made", f"{day_text(row.made_on)} by {row.coach}, {row.lot}"),
            ("Reply expected", day_text(row.reply_due_on)),
        ]
        if row.reply_code and row.direction == rules.OUT:
            pairs.append(("Reply code", row.reply_code))
        if row.return_condition or row.condition:
            pairs.append(("Comes back when", "not shown in a public place" if in_public() else row.condition or row.return_condition or ""))
        if row.review_on:
            pairs.append(("Look again on", day_text(row.review_on)))
        if row.kind_of_help:
            pairs.append(("Kind of support", row.kind_of_help))
        if row.own_provision_reason:
            pairs.append(("Why in-house", row.own_provision_reason))
        if row.outside:
            pairs.append(("Shown before", row.outside))
        if row.illegal:
            pairs.append(("Does not fit", "; ".join(row.illegal)))
        self.facts.show_pairs([*pairs, *self._more])


def _beside(session: Any, referral: Any) -> list[tuple[str, str]]:
    """The appointment at the partner, and the sheet that went out last."""
    visit, sheets = queries.next_visit(session, referral), queries.filed(session, referral=referral)
    pairs = []
    if visit is not None:
        off = " (called off)" if visit.is_off else ""
        pairs.append(("Appointment", f"{day_text(visit.on_day)}, {visit.at}, {visit.place}{off}"))
    if sheets:
        more = f"; {len(sheets) - 1} earlier" if len(sheets) > 1 else ""
        pairs.append(("Sheet filed", f"{day_text(sheets[0].printed_on)} by {sheets[0].printed_by}{more}"))
    return pairs


class _Said:
    """A step in words for the table."""

    def __init__(self, step: StepRow, direction: str) -> None:
        self.id = step.id
        self.day = step.on_day
        helped = "" if step.was_helped is None else ": helped" if step.was_helped else ": not helped"
        status = "received" if direction == rules.IN and step.status == rules.SENT else step.status
        self.step = f"{status}{helped}"
        self.by = ", ".join(part for part in (_WHO.get(step.said_by or "", ""), f"partner, {step.told_by}" if step.told_by else "") if part)
        until = f"{'until ' if step.status == rules.PARKED else ''}{step.condition}" if step.condition else ""
        again = f"look again on {day_text(step.review_on)}" if step.review_on else ""
        entered = f"entered by {step.entered_by}" if step.told_by else ""
        self.why = "; ".join(part for part in (until, again, step.reason or "", entered) if part)
