"""What goes out of the claims screen and comes into it as files: the whole pack, a remittance, a receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from coachdesk.clock import month_words

if TYPE_CHECKING:
    from coachdesk.ui.parts.page import Page


class Files(QObject):
    """`done(sentence, next)` once files are written or taken in."""

    done = Signal(str, str)

    def __init__(self, desk: Any, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    # the pack

    def save_pack(self, claim: UUID) -> None:
        """Asks for a folder and writes the PDF, the workbook, and the receipt once the claim was sent."""
        folder = self._desk.dialogs.choose_folder(self._page, "Save the pack")
        if folder is None:
            return
        name, is_sample = self._desk.owner_name, self._desk.sample_day is not None

        def make(session: Any) -> list[Path]:
            from coachdesk.casework.queries import moment
            from coachdesk.claim.queries.pack import pack
            from coachdesk.documents import reports
            from coachdesk.exchange import claim_book

            paper = reports.claim_pack(session, claim, folder, reports.By(name, is_sample))
            return [*paper, *claim_book.write_files(pack(session, claim), folder, paper[0].stem, moment(session))]

        self._desk.read(make, self._page, lambda files: self.done.emit(
            f"{len(files)} files are in {folder.name}: {', '.join(file.name for file in files)}.", "Send them to the commissioner."))

    # what comes in

    def bring_remittance(self, after: Callable[[], Any]) -> None:
        """Asks for a csv, tries it, says what it would do, and takes it in."""
        file = self._desk.dialogs.open_file(self._page, "Bring in a remittance", "Comma-separated values (*.csv *.txt)")
        if file is None:
            return
        store, owner = self._desk.store, self._desk.owner

        def trial() -> Any:
            from coachdesk.exchange import remittance

            return remittance.take(store, owner, file, is_trial=True)

        self._desk.work.read(trial, self._page, lambda told: self._on_tried(file, told, after))

    def _on_tried(self, file: Path, told: Any, after: Callable[[], Any]) -> None:
        refused = [f"Line {row.number}: {row.says}" for row in told.rows if row.state == "refused"]
        words = " ".join([told.sentence(is_trial=True), *refused[:6], *([f"And {len(refused) - 6} more."] if len(refused) > 6 else [])])
        if not told.count("taken"):
            bar = self._page.bar()
            if bar is not None:
                bar.refused(words, "Nothing was changed.")
            return
        if not self._desk.dialogs.ask(self._page, f"Take in {file.name}?", words, "Take it in"):
            return
        store, owner = self._desk.store, self._desk.owner

        def take() -> tuple[Any, Any]:
            from coachdesk.exchange import remittance

            made = remittance.take(store, owner, file)
            return made, made.changes

        self._desk.work.do(take, owner=self._page, done=lambda pair: self._on_taken(pair[0], after))

    def _on_taken(self, told: Any, after: Callable[[], Any]) -> None:
        self.done.emit(told.sentence(is_trial=False), "Every difference that is left stands here with its cause.")
        after()

    def load_receipt(self) -> None:
        """Asks for a receipt's file and proves it, or takes it in."""
        file = self._desk.dialogs.open_file(self._page, "Load a receipt", "Receipts (*.json)")
        if file is None:
            return

        def deed(session: Any) -> Any:
            from coachdesk.claim import actions
            from coachdesk.errors import Trouble

            try:
                content = file.read_bytes()
            except OSError as problem:
                raise Trouble(f"{file.name} cannot be read: {problem.strerror}.", "Nothing was changed.") from None
            return actions.load_receipt(session, content)

        def told(found: Any) -> None:
            words = "agrees with what was sent from here" if found.state == "agrees" else "was not known here, and is taken in as sent"
            self.done.emit(f"Receipt no. {found.number} of {found.lot} for {month_words(found.month)} {words}.", "")

        self._desk.act("Load a receipt", deed, self._page, told, lasting=True)
