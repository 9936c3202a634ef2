"""Small forms on a person's progress: what happens in a job, and a reading of the distance travelled."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.activity import actions, rules
from coachdesk.activity.queries import ScaleRow
from coachdesk.casework.job_events import is_sent
from coachdesk.casework.progress import JobStanding
from coachdesk.clock import first_day, month_of, month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.holds_deed import MakeDeed
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.registration_form import words
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, WholeNumberField
from coachdesk.ui.parts.text import PlainLabel

CONTRACTS = ("permanent", "temporary", "fixed term", "zero hours", "apprenticeship", "self-employed", "agency")
_WHY = "such as: the employer’s letter came late"
_PROOF = "payslip seen, employer’s letter…"


def _ask_why(deed: Deed, job: JobStanding, *days: DateField | ChoiceField) -> None:
    """The reason for a change, asked for while a claim that went out may rest on one of the days (or months) that are typed."""
    why = deed.ask("changed_why", "Reason for the change", LineField(_WHY, 300), required=True)
    note, row = PlainLabel("", "muted", wrap=True), deed.form.row_of(why)
    deed.form.put(note)

    def look() -> None:
        typed = [each.value() for each in days if not each.is_empty()]
        is_asked = any(is_sent(each if isinstance(each, date) else first_day(each), job.sent_until) for each in typed)
        row.setVisible(is_asked)
        note.setVisible(is_asked)

    note.setText(f"Claims up to {month_words(job.sent_until)} went out: the next one shows the difference, with this reason."
                 if job.sent_until is not None else "")
    deed.form.changed.connect(look)
    look()


def change_in_job(job: JobStanding) -> MakeDeed:
    """Other hours, pay or contract in the same job."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Other hours or pay: {job.title}", "Change within a job",
                    lambda session, values: actions.change_in_job(session, job=job.id, **values), "The change is noted from that day.")
        day = deed.ask("from_day", "From", DateField(desk.today, past_only=True), required=True)
        day.set_value(known.today)
        deed.ask("hours_a_week", "Hours a week", WholeNumberField(1, rules.MOST_HOURS))
        deed.ask("pay_pence_an_hour", "Pay an hour, £", MoneyField(), beside=True)
        deed.ask("contract", "Contract", ChoiceField(words(CONTRACTS)), hint="What is left empty stays as it was.")
        deed.ask("proof", "How it is known", LineField(_PROOF, 300))
        _ask_why(deed, job, day)
        return deed.end()

    return make


def begin_break(job: JobStanding) -> MakeDeed:
    """A time away from a job that goes on."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Away from work: {job.title}", "Away from a job",
                    lambda session, values: actions.begin_break(session, job=job.id, **values), "The time away is noted.")
        day = deed.ask("from_day", "First day away", DateField(desk.today, past_only=True), required=True)
        day.set_value(known.today)
        deed.ask("to_day", "Last day away", DateField(desk.today), beside=True, hint="Leave it empty while they are away.")
        deed.ask("reason", "Why", LineField("such as: the place is closed", 300))
        _ask_why(deed, job, day)
        return deed.end()

    return make


def end_break(job: JobStanding, away: UUID) -> MakeDeed:
    """They are back at work."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Back at work: {job.title}", "Back at work",
                    lambda session, values: actions.end_break(session, away, **values), "They are back; the days away are counted.")
        day = deed.ask("to_day", "Last day away", DateField(desk.today, past_only=True), required=True)
        _ask_why(deed, job, day)
        return deed.end()

    return make


def record_earnings(job: JobStanding) -> MakeDeed:
    """What was earned in a month."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Earned in a month: {job.title}", "Earnings of a month",
                    lambda session, values: actions.record_earnings(session, job=job.id, **values), "The earnings are noted.")
        begun, now = month_of(job.started_on), month_of(known.today)
        months = [(month, month_words(month)) for month in range(now, max(begun, now - 36) - 1, -1)]
        month = deed.ask("month", "Month", ChoiceField(months), required=True)
        month.set_value(max(begun, now - 1))
        deed.ask("pence", "Earned, before tax, £", MoneyField(), required=True, beside=True)
        deed.ask("proof", "How it is known", LineField(_PROOF, 300))
        _ask_why(deed, job, month)
        return deed.end()

    return make


def end_job(job: JobStanding) -> MakeDeed:
    """The job came to its end."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"The job ended: {job.title}", "End a job", lambda session, values: actions.end_job(session, job.id, **values),
                    "The job has ended. What it was worth until then stays.")
        day = deed.ask("ended_on", "Last day", DateField(desk.today, past_only=True), required=True)
        day.set_value(known.today)
        deed.ask("end_reason", "Why", ChoiceField(words(rules.JOB_ENDS)), required=True, beside=True)
        _ask_why(deed, job, day)
        return deed.end()

    return make


def reopen_job(job: JobStanding) -> MakeDeed:
    """The job goes on after all."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"The job goes on: {job.title}", "Reopen a job",
                    lambda session, values: actions.reopen_job(session, job.id, **values), "The job goes on.")
        deed.ask("changed_why", "Why", LineField("such as: taken on again", 300), required=True)
        return deed.end()

    return make


def take_reading(scale: ScaleRow) -> MakeDeed:
    """The questions of the scale, each a whole number; left out is what they would rather not say."""

    def make(desk: Desk, known: Known) -> Deed:
        person = known.detail.id

        def act(session: Any, values: dict[str, Any]) -> Any:
            answers = [f"{each.code}={values[each.code]}" for each in scale.questions if values[each.code] is not None]
            return actions.record_reading(session, participant=person, answers=answers, read_on=values["read_on"], note=values["note"])

        deed = Deed(desk, scale.title, "Take a reading", act, "The reading is kept.")
        for each in scale.questions:
            ends = f"{scale.low}: {each.low_words}, {scale.high}: {each.high_words}." if each.low_words else ""
            deed.ask(each.code, each.text, WholeNumberField(scale.low, scale.high), hint=ends)
        deed.ask("read_on", "Asked on", DateField(desk.today, past_only=True)).set_value(known.today)
        deed.ask("note", "Note", NoteField(2))
        return deed.end()

    return make
