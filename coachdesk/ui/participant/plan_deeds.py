"""Small forms on a person's action plan: a need, what became of it, training, volunteering."""

from __future__ import annotations

from typing import Any

from coachdesk.activity import actions, rules
from coachdesk.activity.queries import PlanRow, TrainingRow, VolunteeringRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.partner_picker import PartnerPicker
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.holds_deed import MakeDeed
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.registration_form import words
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, NoteField, WholeNumberField

_REVIEW_DAYS = "Such as +28, in four weeks. It falls into Today."


def add_need(desk: Desk, known: Known) -> Deed:
    """A need, as the last line of the plan."""
    person = known.detail.id
    deed = Deed(desk, "Add a need", "Add to an action plan",
                lambda session, values: actions.add_plan_item(session, participant=person, **values), "It stands in the plan.")
    _ask_line(deed, desk)
    deed.boxes["said_on"].set_value(known.today)
    return deed.end()


def change_line(row: PlanRow) -> MakeDeed:
    """A line of the plan, corrected."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, "Change a line of the plan", "Change an action plan",
                    lambda session, values: actions.change_plan_item(session, row.id, **_texts(values, "step")), "The line is changed.")
        _ask_line(deed, desk)
        for name, box in deed.boxes.items():
            if getattr(row, name) is not None:
                box.set_value(getattr(row, name))
        return deed.end()

    return make


def not_taken_up(row: PlanRow) -> MakeDeed:
    """Why a need was not taken up."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Not taken up: {row.kind}", "Not taken up",
                    lambda session, values: actions.not_taken_up(session, row.id, **values), "Noted. The need stays in the plan.")
        deed.ask("reason", "Why not", LineField("such as: the hours clash with school", 300), required=True)
        deed.ask("on", "On", DateField(desk.today, past_only=True), beside=True).set_value(known.today)
        return deed.end()

    return make


def taken_up(row: PlanRow) -> MakeDeed:
    """On which day a need was taken up."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"Taken up: {row.kind}", "Taken up", lambda session, values: actions.take_up(session, row.id, **values),
                    "Noted as taken up.")
        deed.ask("on", "On", DateField(desk.today, past_only=True), required=True).set_value(known.today)
        return deed.end()

    return make


def add_training(lines: tuple[PlanRow, ...]) -> MakeDeed:
    """A course that begins, or is booked."""

    def make(desk: Desk, known: Known) -> Deed:
        person = known.detail.id
        deed = Deed(desk, "Add training", "Add training",
                    lambda session, values: actions.record_training(session, participant=person, **values), "The course is noted.")
        deed.ask("course", "Course", LineField(longest=200), required=True)
        _ask_days(deed, desk, known)
        deed.ask("partner", "Given by a partner", PartnerPicker(desk))
        deed.ask("provider", "Or by", LineField("where it is no partner", 200), beside=True)
        deed.ask("qualification", "Leads to", LineField("such as: level 2 award", 200))
        _ask_outcome(deed, lines, ("vocational training", "English, maths & ESOL", "digital skills & kit"))
        return deed.end()

    return make


def add_volunteering(lines: tuple[PlanRow, ...]) -> MakeDeed:
    """Volunteering that was taken up."""

    def make(desk: Desk, known: Known) -> Deed:
        person = known.detail.id
        deed = Deed(desk, "Add volunteering", "Add volunteering",
                    lambda session, values: actions.record_volunteering(session, participant=person, **values),
                    "The volunteering is noted.")
        deed.ask("role", "What they do", LineField(longest=200), required=True)
        deed.ask("hours_a_week", "Hours a week", WholeNumberField(1, rules.MOST_HOURS), beside=True)
        _ask_days(deed, desk, known)
        deed.ask("partner", "At a partner", PartnerPicker(desk))
        deed.ask("place", "Or where", LineField("where it is no partner", 200), beside=True)
        _ask_outcome(deed, lines, (rules.VOLUNTEERING,))
        return deed.end()

    return make


def change_course(row: TrainingRow | VolunteeringRow) -> MakeDeed:
    """What came of a course or of volunteering."""
    change = actions.change_training if isinstance(row, TrainingRow) else actions.change_volunteering
    what = row.course if isinstance(row, TrainingRow) else row.role

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(desk, f"What came of it: {what}", "Change training or volunteering",
                    lambda session, values: change(session, row.id, **values), "It is noted.")
        deed.ask("outcome", "Came of it", ChoiceField(words(rules.COURSE_OUTCOMES)), required=True).set_value(row.outcome)
        deed.ask("from_day", "First day", DateField(desk.today)).set_value(row.from_day)
        deed.ask("to_day", "Last day", DateField(desk.today), beside=True)
        if row.to_day is not None:
            deed.boxes["to_day"].set_value(row.to_day)
        deed.ask("note", "Note", NoteField(2))
        deed.boxes["note"].set_value(row.note or "")
        return deed.end()

    return make


def _ask_line(deed: Deed, desk: Desk) -> None:
    deed.ask("kind", "Kind of help", ChoiceField(words(rules.KINDS)), required=True)
    deed.ask("said_on", "Said on", DateField(desk.today, past_only=True), beside=True)
    deed.ask("need", "What is needed, in their words", NoteField(2), required=True)
    deed.ask("step", "What is done next", LineField(longest=300))
    deed.ask("by_whom", "Who does it", ChoiceField(words(rules.BY_WHOM)))
    deed.ask("due_on", "By when", DateField(desk.today), beside=True)
    deed.ask("review_on", "Look at it again on", DateField(desk.today), hint=_REVIEW_DAYS)


def _ask_days(deed: Deed, desk: Desk, known: Known) -> None:
    deed.ask("from_day", "First day", DateField(desk.today), required=True).set_value(known.today)
    deed.ask("to_day", "Last day", DateField(desk.today), beside=True)


def _ask_outcome(deed: Deed, lines: tuple[PlanRow, ...], kinds: tuple[str, ...]) -> None:
    """How it stands, and the need that it answers: those of its own kind first."""
    deed.ask("outcome", "Stands", ChoiceField(words(rules.COURSE_OUTCOMES)))
    needs = sorted(lines, key=lambda row: row.kind not in kinds)
    if needs:
        deed.ask("plan", "Answers the need", ChoiceField([(row.id, f"{row.position}. {row.kind}") for row in needs]), beside=True)


def _texts(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """An empty line clears what stood there."""
    return {name: "" if value is None and name in names else value for name, value in values.items()}
