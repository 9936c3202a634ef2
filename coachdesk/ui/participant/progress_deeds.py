"""Small forms on a person's progress: what happens in a job, and a reading of the distance travelled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from coachdesk.activity import actions, rules
from coachdesk.activity.queries import ScaleRow
from coachdesk.casework.progress import JobStanding
from coachdesk.clock import month_of, month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.holds_deed import MakeDeed
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.registration_form import words
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, WholeNumberField

CONTRACTS = ("permanent", "temporary", "fixed term", "zero hours", "apprenticeship", "self-employed", "agency")
_PROOF = "payslip seen, employer’s letter…"


def change_in_job(job: JobStanding) -> MakeDeed:
    """Other hours, pay or contract in the same job."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Other hours or pay: {job.title}", "Change within a job",
                    lambda session, values: actions.change_in_job(session, job=job.id, **values), "The change is noted from that day.")
        deed.ask("from_day", "From", DateField(desk.today, past_only=True), required=True).set_value(known.today)
        deed.ask("hours_a_week", "Hours a week", WholeNumberField(1, rules.MOST_HOURS))
        deed.ask("pay_pence_an_hour", "Pay an hour, £", MoneyField(), beside=True)
        deed.ask("contract", "Contract", ChoiceField(words(CONTRACTS)), hint="What is left empty stays as it was.")
        deed.ask("proof", "How it is known", LineField(_PROOF, 300))
        return deed.end()

    return make


def begin_break(job: JobStanding) -> MakeDeed:
    """A time away from a job that goes on."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Away from work: {job.title}", "Away from a job",
                    lambda session, values: actions.begin_break(session, job=job.id, **values), "The time away is noted.")
        deed.ask("from_day", "First day away", DateField(desk.today, past_only=True), required=True).set_value(known.today)
        deed.ask("to_day", "Last day away", DateField(desk.today), beside=True, hint="Leave it empty while they are away.")
        deed.ask("reason", "Why", LineField("such as: the place is closed", 300))
        return deed.end()

    return make


def end_break(job: JobStanding, away: UUID) -> MakeDeed:
    """They are back at work."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Back at work: {job.title}", "Back at work",
                    lambda session, values: actions.end_break(session, away, **values), "They are back; the days away are counted.")
        deed.ask("to_day", "Last day away", DateField(desk.today, past_only=True), required=True)
        return deed.end()

    return make


def record_earnings(job: JobStanding) -> MakeDeed:
    """What was earned in a month."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Earned in a month: {job.title}", "Earnings of a month",
                    lambda session, values: actions.record_earnings(session, job=job.id, **values), "The earnings are noted.")
        begun, now = month_of(job.started_on), month_of(known.today)
        months = [(month, month_words(month)) for month in range(now, max(begun, now - 36) - 1, -1)]
        deed.ask("month", "Month", ChoiceField(months), required=True).set_value(max(begun, now - 1))
        deed.ask("pence", "Earned, before tax, £", MoneyField(), required=True, beside=True)
        deed.ask("proof", "How it is known", LineField(_PROOF, 300))
        return deed.end()

    return make


def end_job(job: JobStanding) -> MakeDeed:
    """The job came to its end."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"The job ended: {job.title}", "End a job", lambda session, values: actions.end_job(session, job.id, **values),
                    "The job has ended. What it was worth until then stays.")
        deed.ask("ended_on", "Last day", DateField(desk.today, past_only=True), required=True).set_value(known.today)
        deed.ask("end_reason", "Why", ChoiceField(words(rules.JOB_ENDS)), required=True, beside=True)
        deed.ask("changed_why", "Reason for the change", LineField("where its month may have been claimed", 300))
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
