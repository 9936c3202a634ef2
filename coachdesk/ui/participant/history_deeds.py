"""Small forms on the history of a person: the programme left and come back to, benefits, pauses, needs, another coach, kit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coachdesk.activity import actions as activity
from coachdesk.activity.rules import LENDABLE
from coachdesk.participant import actions, rules
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.boxes import WeeksField, YesNoField
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.history_reading import Line
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.registration_form import words
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, WholeNumberField

MakeDeed = Callable[[Desk, Known], Deed]


def end_spell(desk: Desk, known: Known) -> Deed:
    """Somebody leaves the programme."""
    person = known.detail.id
    deed = Deed(
        desk,
        "Leaves the programme",
        "End a time on the programme",
        lambda session, values: actions.end_spell(session, person, **values),
        "They have left the programme. They stay findable and can come back.",
    )
    deed.ask("reason", "Why", ChoiceField(words(rules.END_REASONS)), required=True)
    deed.ask("ended_on", "On", DateField(desk.today, past_only=True), beside=True).set_value(known.today)
    return deed.end()


def start_spell(desk: Desk, known: Known) -> Deed:
    """Somebody comes back: a new time on the programme with its own baseline."""
    person = known.detail.id
    deed = Deed(
        desk,
        "Comes back to the programme",
        "Come back to the programme",
        lambda session, values: actions.start_spell(session, person, **values),
        "They are on the programme again.",
    )
    deed.ask("started_on", "From", DateField(desk.today, past_only=True)).set_value(known.today)
    _ask_baseline(deed)
    return deed.end()


def complete_baseline(desk: Desk, known: Known) -> Deed:
    """What was not asked at the table."""
    person = known.detail.id
    deed = Deed(
        desk,
        "At the start: complete",
        "Complete the baseline",
        lambda session, values: actions.complete_baseline(session, person, **values),
        "The baseline is completed.",
    )
    _ask_baseline(deed)
    spell = known.spells[0] if known.spells else None
    for name, box in deed.boxes.items():
        value = getattr(spell, name, None)
        if value:
            box.set_value(value)
    return deed.end()


def _ask_baseline(deed: Deed) -> None:
    deed.ask("weeks_out_of_work", "Weeks out of work", WeeksField())
    deed.ask("benefit", "Benefit", ChoiceField(words(rules.BENEFITS)), beside=True)
    deed.ask("hours_a_week", "Hours a week", WholeNumberField(0, rules.MOST_HOURS))
    deed.ask("pay_pence_an_hour", "Pay an hour", MoneyField(), beside=True)
    deed.ask("contract", "Kind of contract", ChoiceField(words(rules.CONTRACT_KINDS)))
    deed.ask("job_title", "Job title", LineField(longest=120), beside=True)
    deed.ask("employer", "Employer", LineField(longest=120))
    deed.ask("qualifications", "Highest qualification", ChoiceField(words(rules.QUALIFICATIONS)), beside=True)
    deed.ask("barriers", "What stands in the way", WordsField(rules.BARRIERS), hint="With commas: " + ", ".join(rules.BARRIERS) + ".")


class WordsField(LineField):
    """Words of a list, typed with commas between them; the beginning of a word is enough."""

    def __init__(self, among: tuple[str, ...]) -> None:
        super().__init__("", 300)
        self._among = among

    def value(self) -> Any:
        return [self._meant(word) or word for word in self._typed()]

    def set_value(self, value: Any) -> None:
        self.setText(", ".join(value or ()))

    def problem(self) -> str:
        wrong = [word for word in self._typed() if self._meant(word) is None]
        return f"“{wrong[0]}” is not on the list." if wrong else ""

    def _typed(self) -> list[str]:
        return [word.strip() for word in self.text().split(",") if word.strip()]

    def _meant(self, word: str) -> str | None:
        near = [each for each in self._among if each.casefold().startswith(word.casefold())]
        exact = [each for each in near if each.casefold() == word.casefold()]
        return (exact or near)[0] if exact or len(near) == 1 else None


def add_benefit(desk: Desk, known: Known) -> Deed:
    """A benefit from a day on."""
    person = known.detail.id
    deed = Deed(
        desk,
        "Benefit from a day on",
        "Note a benefit",
        lambda session, values: actions.add_benefit(session, participant=person, **values),
        "The benefit is noted.",
    )
    deed.ask("benefit", "Benefit", ChoiceField(words(rules.BENEFITS)), required=True)
    deed.ask("from_day", "From", DateField(desk.today, past_only=True), beside=True).set_value(known.today)
    deed.ask("conditionality", "What is asked of them", ChoiceField(words(rules.CONDITIONALITIES)))
    deed.ask("note", "Note", LineField(longest=300), beside=True)
    return deed.end()


def change_benefit(line: Line) -> MakeDeed:
    """A row of the history, corrected."""

    def make(desk: Desk, known: Known) -> Deed:
        row = next(each for each in known.benefits if each.id == line.id)
        deed = Deed(
            desk,
            "Correct a benefit",
            "Correct a benefit",
            lambda session, values: actions.change_benefit(session, row.id, **values),
            "The benefit is corrected.",
        )
        deed.ask("benefit", "Benefit", ChoiceField(words(rules.BENEFITS)), required=True).set_value(row.benefit)
        deed.ask("from_day", "From", DateField(desk.today, past_only=True), beside=True).set_value(row.from_day)
        deed.ask("conditionality", "What is asked of them", ChoiceField(words(rules.CONDITIONALITIES))).set_value(row.conditionality)
        deed.ask("note", "Note", LineField(longest=300), beside=True).set_value(row.note)
        return deed.end()

    return make


def pause(desk: Desk, known: Known) -> Deed:
    """Nothing is expected for a while."""
    person = known.detail.id
    deed = Deed(
        desk,
        "Pause",
        "Pause somebody",
        lambda session, values: actions.pause(session, person, **values),
        "Paused. The caseload counts nothing of theirs as overdue until they are back.",
    )
    deed.ask("reason", "Why", LineField("such as: in hospital", 200), required=True)
    deed.ask("from_day", "From", DateField(desk.today, past_only=True)).set_value(known.today)
    deed.ask("expected_back_on", "Expected back on", DateField(desk.today), beside=True, hint="A day, or +28 for in four weeks.")
    return deed.end()


def come_back(desk: Desk, known: Known) -> Deed:
    """Back from a pause."""
    person = known.detail.id
    deed = Deed(
        desk,
        "Back from the pause",
        "Back from a pause",
        lambda session, values: actions.come_back(session, person, **values),
        "They are back.",
    )
    deed.ask("back_on", "Back on", DateField(desk.today, past_only=True), required=True).set_value(known.today)
    return deed.end()


def change_needs(desk: Desk, known: Known) -> Deed:
    """What somebody needs to be met well, and how they reach the internet."""
    person, row = known.detail.id, known.detail.person

    def act(session: Any, values: dict[str, Any]) -> None:
        texts = {name: value if value is not None else "" for name, value in values.items() if name != "needs_interpreter"}
        actions.change_needs(session, person, needs_interpreter=values["needs_interpreter"], **texts)

    deed = Deed(desk, "Needs and internet", "Change needs", act, "What they need is noted.")
    deed.ask("language", "First language", LineField(longest=60))
    deed.ask("needs_interpreter", "Needs an interpreter?", YesNoField(), beside=True)
    deed.ask("access_needs", "Access needs", NoteField(2), hint="Such as: no stairs, large print, quiet room.")
    deed.ask("lone_working_note", "Before meeting them alone", NoteField(2), hint="What a colleague must know. Shown on top of the person.")
    deed.ask("device", "Device for the internet", ChoiceField(words(rules.DEVICES)))
    deed.ask("data", "Internet", ChoiceField(words(rules.DATA)), beside=True)
    deed.ask("digital_skills", "Digital skills", ChoiceField(words(rules.DIGITAL_SKILLS)))
    for name, box in deed.boxes.items():
        box.set_value(getattr(row, name))
    return deed.end()


def assign(desk: Desk, known: Known) -> Deed:
    """Another coach from a day on."""
    person = known.detail.id
    deed = Deed(
        desk,
        "Another coach",
        "Assign to another coach",
        lambda session, values: actions.assign(session, person, **values),
        "They have another coach; what is to do about them went along.",
    )
    others = [(id, name) for id, name in known.members if id != known.detail.person.coach_id]
    deed.ask("coach", "Coach", ChoiceField(others), required=True)
    deed.ask("from_day", "From", DateField(desk.today, past_only=True), beside=True).set_value(known.today)
    deed.ask("reason", "Why", LineField("such as: moved to another lot", 200))
    return deed.end()


def lend(desk: Desk, known: Known) -> Deed:
    """A laptop, a telephone or data goes out."""
    person = known.detail.id
    deed = Deed(
        desk,
        "Lend",
        "Lend something",
        lambda session, values: activity.lend(session, participant=person, **values),
        "It is noted; the day to give it back falls into Today.",
    )
    deed.ask("what", "What", ChoiceField(words(LENDABLE)), required=True)
    deed.ask("tag", "Number on the label", LineField(longest=40), beside=True)
    deed.ask("lent_on", "Lent on", DateField(desk.today, past_only=True)).set_value(known.today)
    deed.ask("due_back_on", "Due back on", DateField(desk.today), beside=True, hint="A day, or +28 for in four weeks.")
    return deed.end()


def give_back(line: Line) -> MakeDeed:
    """Something came back."""

    def make(desk: Desk, known: Known) -> Deed:
        deed = Deed(
            desk,
            f"Given back: {line.detail}",
            "Note that something came back",
            lambda session, values: activity.give_back(session, line.id, **values),
            "It is back.",
        )
        deed.ask("returned_on", "Given back on", DateField(desk.today, past_only=True), required=True).set_value(known.today)
        deed.ask("condition", "How it came back", LineField("such as: in order", 120), beside=True)
        return deed.end()

    return make
