"""The participants' page: caseload, one person, registration, details, print. Which of them is in front is decided here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from coachdesk.activity import queries as activity_queries
from coachdesk.errors import Refusal
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.views import Views
from coachdesk.ui.participant import deeds
from coachdesk.ui.participant.apart_view import ApartView
from coachdesk.ui.participant.board_view import BoardView
from coachdesk.ui.participant.caseload_view import CaseloadView
from coachdesk.ui.participant.details_editor import DetailsEditor
from coachdesk.ui.participant.duplicates_view import DuplicatesView
from coachdesk.ui.participant.handover_view import HandoverView
from coachdesk.ui.participant.history_view import HistoryView
from coachdesk.ui.participant.person_view import PersonView
from coachdesk.ui.participant.plan_view import PlanView
from coachdesk.ui.participant.printing import PrintView
from coachdesk.ui.participant.progress_view import ProgressView
from coachdesk.ui.participant.reading import Known, person_of
from coachdesk.ui.participant.registration import RegistrationEditor
from coachdesk.ui.participant.wording import under_the_name
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.work import touches

_IN_VIEW = {"activity.plan": "plan", "activity.training": "plan", "activity.volunteering": "plan", "activity.reading": "progress",
            "activity.job_change": "progress", "activity.job_break": "progress", "activity.earnings": "progress"}
_ROOMS = ("participant", "activity", "referral", "outreach", "programme")


class ParticipantPage(Page):
    """The list first; Enter opens a person, Esc goes back. Registrations may come from elsewhere: see TAKES."""

    TAKES = ("register contact", "register referral", "hand over")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Participants", parent=parent)
        self._desk = desk
        self._totals = self._told = ""
        self._wants_focus = self._is_stale = False
        self._registered: UUID | None = None
        self._printed: UUID | None = None          # whose timeline is on paper in front
        self.caseload = CaseloadView(desk, self.new_participant)
        self.person = PersonView(desk)
        self.registration = RegistrationEditor(desk)
        self.details = DetailsEditor(desk)
        self.printing = PrintView(desk)
        self.duplicates, self.board = DuplicatesView(desk), BoardView(desk)
        self.handover = HandoverView(desk)
        self.plan, self.progress = PlanView(desk), ProgressView(desk)
        self.history, self.apart = HistoryView(desk), ApartView(desk)
        self.stack = Front()
        self.list_views = Views("Views of participants", (
            ("caseload", "Case&load"), ("board", "Boar&d"), ("duplicates", "Likely d&uplicates"), ("handover", "&Hand over")))
        self.person_views = Views("Views of the person", (
            ("person", "&Overview"), ("plan", "Plan, take-&up"), ("progress", "Progre&ss"), ("history", "Histor&y"),
            ("apart", "Kept &apart")))
        self._lists: dict[str, Any] = {"caseload": self.caseload, "board": self.board, "duplicates": self.duplicates,
                                       "handover": self.handover}
        self._of_person: dict[str, Any] = {"person": self.person, "plan": self.plan, "progress": self.progress, "history": self.history,
                                           "apart": self.apart}
        self.body.addWidget(self.list_views)
        self.body.addWidget(self.person_views)
        for view in (*self._lists.values(), *self._of_person.values(), self.registration, self.details, self.printing):
            self.stack.addWidget(view)
        self.body.addWidget(self.stack, 1)
        self._build_actions()
        self._connect()
        self._show(self.caseload)

    def _build_actions(self) -> None:
        def act(text: str, pressed: Callable[[], object], keys: str = "", is_primary: bool = False) -> Button:
            return self.add_action(text, pressed, primary=is_primary, keys=keys)

        self.back_button = act("Bac&k", self.show_list)
        self.of_person: tuple[Button, ...] = (
            act("&Edit details", self.edit_details, "Ctrl+E"),
            act("&Decide again…", self.decide_again, "Ctrl+D"),
            act("&Refer…", lambda: self._offer("refer"), "Ctrl+R"),
            act("&Book…", lambda: self._offer("book for"), "Ctrl+B"),
            act("&Job…", lambda: self._offer("record job for"), "Ctrl+J"),
            act("Lo&g help", lambda: self._offer("log help for"), "Ctrl+G", True),
        )
        self.file_button = act("&Bring in a file…", lambda: self._desk.offered.emit("bring in", "participant"))
        self.print_button = act("&Print caseload…", self.print_caseload)
        self.print_button.setToolTip("Print the caseload summary (Ctrl+P)")
        self.new_button = act("Register a parti&cipant", self.new_participant, "Ctrl+N", True)

    def _connect(self) -> None:
        self.caseload.person_chosen.connect(self.show_person)
        self.caseload.totals_changed.connect(self._on_totals_changed)
        self.person.shown.connect(self._on_person_shown)
        self.person.missing.connect(self._on_person_missing)
        self.person.left.connect(self.show_list)
        self.person.said.connect(self.say_done)
        self.person.open_requested.connect(self.open_requested)
        self.person.print_wanted.connect(self.print_timeline)
        self.plan.print_wanted.connect(self.print_plan)
        for view in (self.plan, self.progress, self.history, self.apart):
            view.left.connect(self.show_list)
            view.said.connect(self.say_done)
        self.duplicates.said.connect(self.say_done)
        self.handover.said.connect(self.say_done)
        self.handover.left.connect(lambda: self.list_views.go("caseload"))
        self.handover.briefs_wanted.connect(self.print_briefs)
        for each in (self.duplicates, self.board, self.handover):
            each.told.connect(self._on_list_told)
            each.person_chosen.connect(self.show_person)
        self.list_views.moved.connect(self._on_list_moved)
        self.person_views.moved.connect(self._on_person_moved)
        self.registration.registered.connect(self._on_registered)
        self.registration.person_chosen.connect(self.show_person)
        self.registration.left.connect(self.show_list)
        self.details.saved.connect(self._on_details_saved)
        self.details.left.connect(self._on_details_left)
        self.printing.closed.connect(self._on_printing_closed)
        self._desk.lot_changed.connect(self._read_list)

    def _read_list(self) -> None:
        """Ask for the caseload again; behind another view it waits until it is looked at."""
        front = self.stack.currentWidget()
        self._is_stale = front is not self.caseload
        if front in self._lists.values():
            front.read()  # type: ignore[union-attr]

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        if changes is None or touches(changes, *_ROOMS):
            self._read_list()
            self.person.read()

    def open(self, kind: str, id: Any) -> None:
        if kind == "participant":
            self.show_person(id)
        elif kind == "activity.progress":
            self._on_person_found(id, "progress")
        elif kind in _IN_VIEW:
            self.plan.wanted = id if kind == "activity.plan" else None
            self._desk.read(lambda session: activity_queries.person_of_record(session, kind, id), self,
                            lambda person: self._on_person_found(person, _IN_VIEW[kind]))
        else:
            self._desk.read(lambda session: person_of(session, kind, id), self, self._on_person_found)

    def first_focus(self) -> None:
        front = self.stack.currentWidget()
        if front is self.registration:
            self.registration.form.first_focus()
        elif front is self.details:
            self.details.form.first_focus()
        elif front is self.printing:
            self.printing.show_button.setFocus()
        elif front in self._of_person.values() or front in (self.board, self.duplicates, self.handover):
            front.first_focus()  # type: ignore[union-attr]
        else:
            self.caseload.first_focus()

    def set_public_place(self, on: bool) -> None:
        for view in self._of_person.values():
            view.show_words()
        self.registration.show_names()
        self.board.show_words()
        self.duplicates.show_names()
        self.handover.show_words()
        self._show_head()

    def take(self, what: str, value: Any) -> None:
        """Begin a registration from an outreach contact or a referral in, or the handover of a coach, by its id."""
        if what == "hand over":
            self.hand_over(value)
        else:
            self._begin_registration(what, value)

    # verbs

    def new_participant(self) -> None:
        """An empty registration; one that was begun stays as it is."""
        if self.stack.currentWidget() is self.registration and self.registration.is_touched():
            self.registration.form.first_focus()
            return
        self._begin_registration("", None)

    def print_caseload(self) -> None:
        """Choose whose summary, then the pages; when they are there already, print them."""
        if self.stack.currentWidget() is self.printing:
            self.printing.print_again()
            return
        self._show(self.printing)
        self.printing.begin(self.caseload.coach())

    def print_briefs(self, people: Sequence[UUID]) -> None:
        """One page for each of these people."""

        def draw(session: Any, printed: Any, out: Any) -> Any:
            from coachdesk.documents.person_reports import briefs_of

            return briefs_of(session, list(people), printed, out)

        self._show(self.printing)
        self.printing.show_drawn("One-page briefs", f"briefs-{self._desk.today().isoformat()}.pdf", draw)

    def print_timeline(self, id: UUID, chosen: tuple[Any, Any, Any]) -> None:
        """Of one person's timeline what was chosen: a kind, from when to when."""

        def draw(session: Any, printed: Any, out: Any) -> Any:
            from coachdesk.documents.person_reports import timeline_of

            return timeline_of(session, id, chosen, printed, out)

        self._show(self.printing)
        self._printed = id
        self.printing.show_drawn("Timeline", f"timeline-{self._desk.today().isoformat()}.pdf", draw)

    def print_plan(self, id: UUID) -> None:
        """Somebody's action plan, for both to sign."""

        def draw(session: Any, printed: Any, out: Any) -> Any:
            from coachdesk.documents.activity_reports import plan_of

            return plan_of(session, id, printed, out)

        self._show(self.printing)
        self._printed = id
        self.printing.show_drawn("Action plan", f"action-plan-{self._desk.today().isoformat()}.pdf", draw)

    def _on_printing_closed(self) -> None:
        person, self._printed = self._printed, None
        if person is not None:
            self.show_person(person)
        else:
            self.show_list()

    def hand_over(self, member: UUID) -> None:
        """The handover of somebody's caseload."""
        self.handover.begin(member)
        self.list_views.go("handover")
        self.show_list()

    def decide_again(self) -> None:
        """The form for a new decision, on the overview."""
        self.person_views.go("person")
        self.person.begin(deeds.decide_again)

    def edit_details(self) -> None:
        """The details of the person shown."""
        if self.person.known is not None:
            self._show(self.details)
            self.details.begin(self.person.known)

    def show_list(self) -> None:
        """The list that was left: the caseload, or the likely duplicates."""
        self.apart.hide_opened()
        self._show(self._lists[self.list_views.key()])
        front = self.stack.currentWidget()
        if self._is_stale or front is not self.caseload:
            self._read_list()
        if front is not self.caseload:
            front.first_focus()  # type: ignore[union-attr]
        elif self.caseload.table.count():
            self.caseload.table.setFocus()
        else:
            self.caseload.first_focus()

    def show_person(self, id: UUID) -> None:
        """One person."""
        self._wants_focus = True
        if id != self.person.id:
            self.apart.hide_opened()
            self.person_views.go("person")
        self._show(self._of_person[self.person_views.key()])
        self.person.show_person(id)

    def _on_list_moved(self, key: str) -> None:
        if self.stack.currentWidget() in self._lists.values():
            self._show(self._lists[key])
            self._read_list()

    def _on_person_moved(self, key: str) -> None:
        if self.stack.currentWidget() in self._of_person.values():
            if key != "apart":
                self.apart.hide_opened()
            self._show(self._of_person[key])
            self._of_person[key].first_focus()

    def _on_list_told(self, words: str) -> None:
        self._told = words
        self._show_head()

    def _begin_registration(self, what: str, value: UUID | None) -> None:
        self._show(self.registration)
        self.registration.begin(what, value)

    def _offer(self, what: str) -> None:
        if self.person.id is not None:
            self._desk.offered.emit(what, self.person.id)

    # what comes back

    def _on_registered(self, made: UUID) -> None:
        self._registered = made
        self.show_person(made)

    def _on_person_shown(self, known: Known) -> None:
        for view in (self.plan, self.progress, self.history, self.apart):
            view.show_known(known)
        front = self.stack.currentWidget()
        if front in self._of_person.values():
            self._show_head()
            if self._wants_focus:
                self._wants_focus = False
                front.first_focus()  # type: ignore[union-attr]
        if self._registered == known.detail.id:
            self._registered = None
            self.say_done(f"Registered as {known.detail.person.reference}. {known.detail.sentence}")

    def _on_person_missing(self) -> None:
        if self.stack.currentWidget() in self._of_person.values():
            self.show_list()
            self.say(Refusal("This participant is not here any more.",
                             "They may have been removed on another device. Nothing was changed."))

    def _on_person_found(self, id: UUID | None, view: str = "") -> None:
        if id is not None:
            self.show_person(id)
            if view:
                self.person_views.go(view)
        else:
            self.say(Refusal("This record is not here any more.", "Nothing was changed. Look for the person in the list."))

    def _on_details_saved(self, id: UUID) -> None:
        self.show_person(id)
        self.say_done("The details are changed.", "The decision on the address stays as it was said; Decide again asks for a new one.")

    def _on_details_left(self) -> None:
        front = self._of_person[self.person_views.key()]
        self._show(front)
        front.first_focus()

    def _on_totals_changed(self, words: str) -> None:
        self._totals = words
        self._show_head()

    # the head

    def _show(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self.stack.updateGeometry()
        is_list, is_person = view in self._lists.values(), view in self._of_person.values()
        self.list_views.setVisible(is_list)
        self.person_views.setVisible(is_person)
        for button in (self.file_button, self.print_button, self.new_button):
            button.setVisible(is_list)
        for button in self.of_person:
            button.setVisible(is_person)
        self.back_button.setVisible(is_person)
        self._show_head()

    def _show_head(self) -> None:
        view = self.stack.currentWidget()
        known = self.person.known
        if view in self._of_person.values() or view is self.details:
            row = known.detail.person if known is not None and known.detail.id == self.person.id else None
            self.title.setText(shown_name(row.name) if row is not None else "…")
            self.set_subtitle(under_the_name(known) if row is not None and known is not None else "")
        elif view is self.registration:
            self.title.setText("Register a participant")
            self.set_subtitle("In the order people are asked. Only the name and the lot are needed to save.")
        elif view in (self.duplicates, self.board, self.handover):
            self.title.setText("Participants")
            self.set_subtitle(self._told)
        else:
            self.title.setText("Participants" if view is self.caseload else "On paper")
            self.set_subtitle(self._totals if view is self.caseload else "")
