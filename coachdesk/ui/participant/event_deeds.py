"""Corrections of what became known of a job: other hours or pay, a time away, the earnings of a month; or it is taken away again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coachdesk.activity import actions, rules
from coachdesk.activity.queries import EarningsRow, JobBreakRow, JobChangeRow
from coachdesk.casework.job_events import JobEvent
from coachdesk.casework.progress import JobStanding
from coachdesk.clock import month_of, month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.holds_deed import MakeDeed
from coachdesk.ui.participant.progress_deeds import CONTRACTS
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.registration_form import words
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, WholeNumberField


def correct(job: JobStanding, event: JobEvent) -> MakeDeed:
    """What stands there, to be corrected or removed."""

    def make(desk: Desk, known: Known) -> Deed:
        row = event.row
        if isinstance(row, JobChangeRow):
            return _end(_change(desk, job, row), event, known, actions.remove_job_change)
        if isinstance(row, JobBreakRow):
            return _end(_break(desk, job, row), event, known, actions.remove_break)
        return _end(_earnings(desk, job, row), event, known, actions.remove_earnings)

    return make


def _change(desk: Desk, job: JobStanding, row: JobChangeRow) -> Deed:
    deed = Deed(desk, f"Correct other hours or pay: {job.title}", "Correct a change within a job",
                lambda session, values: actions.correct_job_change(session, row.id, **values), "Corrected.")
    deed.ask("from_day", "From", DateField(desk.today, past_only=True), required=True).set_value(row.from_day)
    deed.ask("hours_a_week", "Hours a week", WholeNumberField(1, rules.MOST_HOURS)).set_value(row.hours_a_week)
    deed.ask("pay_pence_an_hour", "Pay an hour, £", MoneyField(), beside=True).set_value(row.pay_pence_an_hour)
    contracts = [*CONTRACTS, *([row.contract] if row.contract and row.contract not in CONTRACTS else [])]
    deed.ask("contract", "Contract", ChoiceField(words(contracts)), hint="What is left empty stays as it was.").set_value(row.contract)
    return deed


def _break(desk: Desk, job: JobStanding, row: JobBreakRow) -> Deed:
    deed = Deed(desk, f"Correct a time away: {job.title}", "Correct a time away",
                lambda session, values: actions.change_break(session, row.id, **values), "Corrected.")
    deed.ask("from_day", "First day away", DateField(desk.today, past_only=True), required=True).set_value(row.from_day)
    deed.ask("to_day", "Last day away", DateField(desk.today), beside=True).set_value(row.to_day)
    deed.ask("reason", "Why", LineField("such as: the place is closed", 300)).set_value(row.reason)
    return deed


def _earnings(desk: Desk, job: JobStanding, row: EarningsRow) -> Deed:
    deed = Deed(desk, f"Correct what was earned: {job.title}", "Correct the earnings of a month",
                lambda session, values: actions.correct_earnings(session, row.id, **values), "Corrected.")
    deed.ask("pence", "Earned, before tax, £", MoneyField(), required=True).set_value(row.pence)
    return deed


def _end(deed: Deed, event: JobEvent, known: Known, remove: Callable[..., Any]) -> Deed:
    """Proof and reason, which is needed once the month is over, and the button that takes it all away."""
    if not isinstance(event.row, JobBreakRow):
        deed.ask("proof", "How it is known", LineField("payslip seen, employer’s letter…", 300)).set_value(event.row.proof)
    is_over = month_of(event.on) < month_of(known.today)
    hint = "Needed to remove it." if not is_over else "Its month is over, so a claim may rest on it; the reason is kept."
    if event.is_sent:
        hint = f"The claim of {month_words(month_of(event.on))} or a later one went out: the next shows the difference, with this reason."
    why = deed.ask("changed_why", "Reason for the change", LineField("such as: typed for the wrong month", 300), hint=hint,
                   required=is_over)

    def take_away() -> None:
        if why.is_empty():
            deed.form.say_wrong(why, "Say why it is removed; the reason stays in the log. Nothing was removed yet.")
            return
        reason = why.value()
        deed.do(f"Remove: {event.what}"[:60], lambda session: remove(session, event.id, why=reason), "Removed. Ctrl+Z brings it back.")

    return deed.end(Button("Remove", take_away))
