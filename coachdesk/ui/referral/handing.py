"""What goes out of the referrals' page: papers in front of it; files where the coach says, opened by the computer's own program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from coachdesk.clock import day_text, first_day, last_day
from coachdesk.errors import Trouble
from coachdesk.referral import actions, queries
from coachdesk.referral.queries import FiledRow, ReferralRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import PaperFront
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.referral.lines import PAPERS
from coachdesk.ui.work import speak

_EMAIL, _CALENDAR = ("e-mail draft", "E-mail draft (*.eml)"), ("calendar file", "Calendar (*.ics)")


class Outgoing:
    """The papers and files of one page."""

    def __init__(self, desk: Desk, owner: QWidget, paper: PaperFront) -> None:
        self._desk, self._owner, self._paper = desk, owner, paper

    def print_sheet(self, row: ReferralRow) -> None:
        """The sheet that goes with the person."""
        self._paper.report("referral-sheet", f"Referral to {row.partner}", f"referral-{row.reply_code or 'draft'}.pdf".lower(),
                           chosen=row.id, out=lambda content, pages: self._file(row, content, pages))

    def _file(self, row: ReferralRow, content: bytes, pages: int) -> None:
        """What went out is kept on the referral."""
        bar = MessageBar.near(self._owner)
        self._desk.act("File a referral sheet", lambda session: actions.file_sheet(session, row.id, content, pages), self._owner,
                       lambda _id: bar.done("The sheet is filed on the referral as it went out.") if bar is not None else None)

    def show_filed(self, row: ReferralRow) -> None:
        """The sheet that was filed last, as it went out."""

        def show(found: tuple[FiledRow, bytes]) -> None:
            filed, content = found
            self._paper.show_pages(content, f"Sheet as it went out on {day_text(filed.printed_on)}, by {filed.printed_by}",
                                   f"referral-{row.reply_code or 'sheet'}.pdf".lower())

        self._desk.read(lambda session: queries.filed_pages(session, row.id), self._owner, show,
                        lambda spoken: speak(self._owner, spoken))

    def print_ledger(self, name: str, partner: UUID | None, span: tuple[int, int]) -> None:
        """One of PAPERS, over the months from the first to the last of the span."""
        lot, (since, until), (title, file) = self._desk.lot, span, PAPERS[name]

        def draw(session: Any, out: Any, by: Any) -> Any:
            from coachdesk.documents import person_reports, reports

            days = person_reports.Chosen(lot, since=first_day(since) if since else date.min, until=last_day(until))
            return reports.write(session, name, out, by, lot=lot, chosen=partner, of_people=days)

        self._paper.show_drawn(title, f"{file}-{self._desk.today().isoformat()}.pdf", draw)

    def write_email(self, row: ReferralRow) -> None:
        """A draft to the partner, with the code and how to answer."""

        def make(session: Any) -> bytes:
            from coachdesk.exchange import referrals

            return referrals.email_draft(session, row.id)

        self._hand_out(_EMAIL, f"referral-{row.reply_code or 'draft'}.eml".lower(), make)

    def write_calendar(self, visit: UUID) -> None:
        """An appointment at the partner for a calendar."""

        def make(session: Any) -> bytes:
            from coachdesk.exchange import referrals

            return referrals.visit_file(session, visit)

        self._hand_out(_CALENDAR, "appointment.ics", make)

    def _hand_out(self, what: tuple[str, str], file_name: str, make: Callable[[Any], bytes]) -> None:
        self._desk.read(make, self._owner, lambda content: self._write(what, file_name, content))

    def _write(self, what: tuple[str, str], file_name: str, content: bytes) -> None:
        dialogs, suffix = self._desk.dialogs, Path(file_name).suffix
        path = dialogs.save_file(self._owner, f"Save the {what[0]}", file_name, what[1])
        if path is None:
            return
        target = path if path.suffix.lower() == suffix else Path(f"{path}{suffix}")
        try:
            target.write_bytes(content)
        except OSError:
            speak(self._owner, Trouble("The file could not be written there. Nothing was lost.", "Choose another folder."))
            return
        bar, opened = MessageBar.near(self._owner), dialogs.show_file(target)
        if bar is not None:
            bar.done(f"Saved as {target.name}.", "Delete the file once it has gone out." if opened
                     else "No program here opens such files by itself: open it from where you saved it.")
