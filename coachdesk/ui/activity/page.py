"""The activity page: help given, appointments, jobs, and the month's sign-off, one view each."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from coachdesk.ui.activity.appointment_view import AppointmentView
from coachdesk.ui.activity.evidence_view import EvidenceView
from coachdesk.ui.activity.help_view import HelpView
from coachdesk.ui.activity.job_view import JobView
from coachdesk.ui.activity.month_view import MonthView
from coachdesk.ui.activity.plans_view import PlansView
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.find_field import FindField
from coachdesk.ui.cards.views import Views
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.work import touches

_TAKEN = "gajosnep"
_KINDS = {"activity": "help", "activity.intervention": "help", "activity.appointment": "appointments", "activity.job": "jobs",
          "activity.evidence": "evidence"}


class ActivityPage(Page):
    """Alt+G help given, Alt+A appointments, Alt+P action plans, Alt+J jobs, Alt+O sign-off.

    Ctrl+N begins a new one in the view that is looked at.
    """

    TAKES = ("log help for", "book for", "record job for")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Activity", "Help given, appointments, action plans, jobs and the month’s sign-off.", parent)
        self.desk = desk
        self.views = Views(
            "Views of the activity",
            (("help", "Help &given"), ("appointments", "&Appointments"), ("plans", "Action &plans"), ("jobs", "&Jobs"),
             ("evidence", "&Evidence"), ("months", "Sign-&off")),
        )
        self.help, self.appointments = HelpView(desk, _TAKEN), AppointmentView(desk, _TAKEN)
        self.jobs, self.months = JobView(desk, _TAKEN), MonthView(desk, _TAKEN)
        self.evidence, self.plans = EvidenceView(desk, _TAKEN), PlansView(desk, _TAKEN)
        self._parts: dict[str, Any] = {"help": self.help, "appointments": self.appointments, "plans": self.plans, "jobs": self.jobs,
                                       "evidence": self.evidence, "months": self.months}
        self._slip: Any = None
        self._fresh: set[str] = set()
        self.stack = Front()
        for view in self._parts.values():
            self.stack.addWidget(view)
            view.said.connect(self.say_done)
        self.body.addWidget(self.views)
        self.body.addWidget(self.stack, 1)
        self.views.moved.connect(self._on_view_moved)
        self.appointments.log_asked.connect(lambda person: self.take("log help for", person))
        self.appointments.slip_asked.connect(self.show_slip)
        for one in (self.plans, self.jobs):
            one.open_requested.connect(self.open_requested)
        self.add_action("&New", self.new, keys="Ctrl+N")
        desk.lot_changed.connect(lambda: self.reload(None))

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        if changes is None or touches(changes, "activity", "participant", "programme"):
            self._fresh.clear()
            self._read_if_stale()

    def open(self, kind: str, id: Any) -> None:
        key = _KINDS.get(kind, "help")
        self.views.go(key)
        self._parts[key].show_one(id)

    def take(self, what: str, value: UUID) -> None:
        """Help, an appointment or a job for a person whom another screen has at hand."""
        if what == "log help for":
            self.new_intervention(value)
        elif what == "book for":
            self.views.go("appointments")
            self.appointments.book(value)
            self.appointments.form.day.setFocus()
        elif what == "record job for":
            self.views.go("jobs")
            self.jobs.form.begin(None, value)
            self.jobs.form.day.setFocus()

    def first_focus(self) -> None:
        self._parts[self.views.key()].first_focus()

    def set_public_place(self, on: bool) -> None:
        for box in self.findChildren(FindField):
            box.show_again()

    def new_intervention(self, person: UUID | None = None) -> None:
        """The form for another piece of help."""
        self.views.go("help")
        self.help.form.begin(None, person)
        (self.help.form.kind if person else self.help.form.person).setFocus()

    def new(self) -> None:
        """Another one of what is looked at."""
        key = self.views.key()
        if key in ("months", "plans"):
            self._parts[key].first_focus()
        else:
            self._parts[key].form.begin()
            self._parts[key].form.first_focus()

    def show_slip(self, id: UUID) -> None:
        """The slip of one appointment, in front of the list until Esc."""
        name, is_sample = self.desk.owner_name, self.desk.sample_day is not None

        def draw(session: Any) -> bytes:
            from coachdesk.documents import activity_reports, reports

            out = BytesIO()
            activity_reports.slip_of(session, id, reports.printed_for(session, reports.By(name, is_sample)), out)
            return out.getvalue()

        def show(content: bytes) -> None:
            from coachdesk.ui.parts.pdf_preview import PdfPreview

            self._close_slip()
            self._slip = PdfPreview(self.desk.dialogs)
            self._slip.closed.connect(self._close_slip)
            self.stack.addWidget(self._slip)
            self.stack.setCurrentWidget(self._slip)
            self._slip.show_pdf(content, "Appointment slip", f"appointment-{self.desk.today().isoformat()}.pdf")
            self._slip.print_button.setFocus()

        self.desk.read(draw, self, show)

    def _close_slip(self) -> None:
        if self._slip is not None:
            slip, self._slip = self._slip, None
            self.stack.setCurrentWidget(self._parts[self.views.key()])
            slip.setParent(None)
            slip.deleteLater()
            self.first_focus()

    # views

    def _on_view_moved(self, key: str) -> None:
        self._close_slip()
        self.stack.setCurrentWidget(self._parts[key])
        self._read_if_stale()

    def _read_if_stale(self) -> None:
        """Only the view that is looked at asks the store; the others when they are shown."""
        key = self.views.key()
        if key not in self._fresh:
            self._fresh.add(key)
            self._parts[key].reload()
