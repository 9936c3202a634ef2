"""Programme: its lots, its contract, the postcode editions that tell which ward an address is in, and whom a new one judges otherwise."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from coachdesk.errors import Spoken
from coachdesk.participant import actions as participant_actions
from coachdesk.participant import queries as participant_queries
from coachdesk.place import actions as place_actions
from coachdesk.place.editions import open_shelf
from coachdesk.programme import actions as programme_actions
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import PaperFront
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.programme.contract import ContractView
from coachdesk.ui.programme.lots import LotsView
from coachdesk.ui.programme.network_form import NetworkForm
from coachdesk.ui.programme.postcodes import PostcodesView
from coachdesk.ui.programme.reading import LotDetail, Shown, read_lot, read_programme
from coachdesk.ui.programme.review import KEEP, ReviewView, read_review
from coachdesk.ui.programme.terms_view import TermsView
from coachdesk.ui.work import AnyChange, Task, touches

_FILES = "Postcode files (*.zip *.csv);;All files (*)"


class _Stack(QStackedWidget):
    """Asks for no more height than it needs, so that the lists scroll and not the page around them."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class ProgrammePage(Page):
    """Four tabs: Lots, Contract and terms, Postcode editions, Changed verdicts."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Programme", "", parent)
        self.desk = desk
        self.shown: Shown | None = None
        self._wanted: UUID | None = desk.lot
        self.paper = PaperFront(desk, self, self._put_paper, self._on_preview_closed)
        self._importing: Task | None = None
        self.print_button = self._verb("&Print the address sheet", self.print_addresses, "Ctrl+Shift+T")
        self.lots = LotsView(desk.today)
        self.contract = ContractView()
        self.postcodes = PostcodesView(lambda: desk.shelf, desk.today)
        self.review = ReviewView(desk)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Parts of the programme")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for view, title in ((self.lots, "&Lots"), (self.contract, "Contract and t&erms"), (self.postcodes, "Postcode edition&s"),
                            (self.review, "&Changed verdicts")):
            self.tabs.addTab(view, title)
        self._stack = _Stack()
        self._stack.addWidget(self.tabs)
        self.network, self.terms = NetworkForm(desk), TermsView(desk, self)
        for place in (self.network, self.terms):
            self._stack.addWidget(place)
        self.body.addWidget(self._stack, 1)
        self._key_does("Ctrl+I", self._on_import_key)
        self._connect()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.review.asked.connect(self.read_review)
        self.review.print_asked.connect(self.print_review)
        self.review.decided.connect(self._on_decided)
        self.review.person_chosen.connect(lambda person: self.open_requested.emit("participant", person))
        self.contract.network_asked.connect(self._on_network_asked)
        self.contract.bring_asked.connect(self.terms.bring)
        self.contract.write_asked.connect(self.terms.write)
        self.terms.tried.connect(lambda: self._put_paper(self.terms))
        self.terms.left.connect(self._on_preview_closed)
        self.terms.said.connect(self.say_done)
        self.terms.taken.connect(self._on_terms_taken)
        self.network.left.connect(self._on_preview_closed)
        self.network.saved.connect(self._on_network_saved)
        self.lots.lot_chosen.connect(self._read_lot)
        self.lots.inclusion_entered.connect(self._on_inclusion_entered)
        self.lots.provider_entered.connect(self._on_provider_entered)
        self.postcodes.import_asked.connect(self.import_postcodes)
        self.postcodes.verdict_asked.connect(self._on_verdict_asked)
        self.desk.lot_changed.connect(lambda: self.lots.go_to(self.desk.lot))

    def _verb(self, text: str, does: Callable[[], object], keys: str) -> Button:
        """A button with a mnemonic and a key."""
        button = self.add_action(text, does)
        button.setToolTip(f"{text.replace('&', '')} ({keys})")
        self._key_does(keys, button.click)
        return button

    def _key_does(self, keys: str, does: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(does)

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        """Read the programme again."""
        if changes is None or touches(changes, "programme", "place"):
            self.desk.read(read_programme, self, self._on_programme)
        if self.tabs.currentWidget() is self.review and (changes is None or touches(changes, "programme", "place", "participant")):
            self.read_review()

    def set_public_place(self, on: bool) -> None:
        """The person in front loses name and address, or gets them back."""
        self.review.refresh()

    def open(self, kind: str, id: Any) -> None:
        """Show a lot; `changed_verdicts`: whom an edition (id: its name) judges otherwise."""
        if kind == "changed_verdicts":
            self.review.edition.set_value(id)
            self.tabs.setCurrentWidget(self.review)
            self.first_focus()
            return
        self.tabs.setCurrentWidget(self.lots)
        self._wanted = id
        if self.shown is not None:
            self._go_to_wanted()

    def first_focus(self) -> None:
        """The list of the tab in front."""
        here = self.tabs.currentWidget()
        places: dict[QWidget | None, QWidget] = {
            self.lots: self.lots.lots, self.postcodes: self.postcodes.postcode, self.review: self.review.rows}
        places[self.contract] = self.contract.network_button or self.contract.bring_button
        where = places.get(here, self.tabs.tabBar())
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    # reading

    def _on_programme(self, shown: Shown) -> None:
        self.shown = shown
        wrong = {0: "every ward is as its own edition has it", 1: "one ward is to be checked"}.get(
            shown.findings, f"{shown.findings} wards are to be checked"
        )
        self.set_subtitle(f"{shown.contract.name}: {len(shown.lots)} lots; {wrong}")
        self.lots.show_lots(shown.lots)
        self.contract.show_programme(shown, self.desk.today())
        self.postcodes.show_lots([(lot.id, lot.name) for lot in shown.lots], self.desk.lot)
        self.postcodes.show_editions()
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        if self._wanted is not None:
            self.lots.go_to(self._wanted)
            self._wanted = None

    def _read_lot(self, lot: UUID) -> None:
        self.desk.read(lambda session: read_lot(session, lot), self, self._on_lot)

    def _on_lot(self, detail: LotDetail) -> None:
        row = self.lots.lots.current()
        if row is not None and row.id == detail.row.id:
            self.lots.show_detail(detail)

    def _lot(self) -> UUID | None:
        row = self.lots.lots.current()
        return row.id if row is not None else None

    # whom an edition judges otherwise

    def _on_tab(self, _at: int) -> None:
        self.print_button.setVisible(self.tabs.currentWidget() is self.lots)
        if self.tabs.currentWidget() is self.review:
            self.read_review()

    def read_review(self) -> None:
        """Ask by the edition and the filter that are chosen."""
        edition, shown, owner = self.review.edition.value(), self.review.shown.value(), self.desk.owner
        self.desk.read(lambda session: read_review(session, edition, shown, owner), self, self.review.show_reviewed)

    def _on_decided(self, verb: str, row: Any, fields: dict[str, Any]) -> None:
        action = participant_actions.keep_verdict if verb == KEEP else participant_actions.decide_by_edition
        name = shown_name(row.name, row.reference)
        said = f"The verdict on {name} stays as it was given." if verb == KEEP else f"{name} was decided again; the old verdict is kept."
        self.desk.act(f"{verb.capitalize()}: {row.reference}", lambda session: action(session, row.id, **fields), self,
                      lambda _made: self.say_done(said))

    # the verbs

    def _on_inclusion_entered(self, fields: dict[str, Any]) -> None:
        lot = self._lot()
        if lot is not None:
            self.desk.act(
                "Take in a postcode",
                lambda session: programme_actions.add_inclusion(session, lot=lot, **fields),
                self,
                lambda _id: self._on_saved(self.lots.inclusion, f"{fields['postcode'].upper()} counts for this lot from now on."),
            )

    def _on_provider_entered(self, fields: dict[str, Any]) -> None:
        lot = self._lot()
        if lot is not None:
            self.desk.act(
                "Change the provider",
                lambda session: programme_actions.change_provider(session, lot=lot, **fields),
                self,
                lambda _id: self._on_saved(self.lots.provider, f"{fields['body']} is recorded as {fields['role']}."),
            )

    def _on_network_asked(self) -> None:
        if self.shown is not None and self.shown.network is not None:
            self._put_paper(self.network)
            self.network.begin(self.shown.network)

    def _on_network_saved(self, sentence: str) -> None:
        self._on_preview_closed()
        self.say_done(sentence)

    def _on_terms_taken(self, sentence: str, next_: str) -> None:
        self._on_preview_closed()
        self.say_done(sentence, next_)

    def _on_saved(self, folded: Any, sentence: str) -> None:
        folded.fold()
        self.say_done(sentence)

    def _on_verdict_asked(self, postcode: str, lot: UUID, day: Any) -> None:
        self.desk.read(
            lambda session: programme_queries.decide(session, lot=lot, postcode=postcode, on=day), self, self.postcodes.show_verdict
        )

    # editions

    def _on_import_key(self) -> None:
        if self.tabs.currentWidget() is self.postcodes:
            self.postcodes.import_button.click()

    def import_postcodes(self, areas: list[str]) -> None:
        """Ask for the publisher's file and put its edition on the shelf; it can be cancelled until the end."""
        if self._importing is not None and not self._importing.cancelled:
            return
        path = self.desk.dialogs.open_file(self, "Import a postcode edition", _FILES)
        if path is None:
            return
        places, store = self.desk.parts.places, self.desk.store

        def run() -> Generator[place_actions.Progress, None, place_actions.Imported]:
            imported = yield from place_actions.import_postcodes(path, places.editions, areas=areas)
            store.world["shelf"] = open_shelf(places)
            store.world.pop("centres", None)
            return imported

        self._importing = self.desk.work.long(run, self, self._on_progress, self._on_imported, self._on_import_failed)
        self.postcodes.strip.follow(self._importing, f"Reading {path.name}…")

    def _on_progress(self, progress: place_actions.Progress) -> None:
        self.postcodes.strip.step((progress.done, progress.total, f"Reading {progress.what}"))

    def _on_imported(self, imported: place_actions.Imported | None) -> None:
        self._end_import()
        if imported is not None:
            without = f"; {imported.without_ward:,} of them have no ward" if imported.without_ward else ""
            self.say_done(
                f"{imported.title} is on this computer: {imported.count:,} postcodes{without}.",
                "Verdicts given before stay as they were said.",
            )
            self.desk.work.changed.emit(AnyChange(frozenset({"place"})))
            self.desk.read(lambda session: participant_queries.count_undecided(session, imported.name), self,
                           lambda number: self._on_counted(imported, number))

    def _on_counted(self, imported: place_actions.Imported, number: int) -> None:
        if number:
            people = "1 person" if number == 1 else f"{number:,} people"
            self.say_done(f"{imported.title} is on this computer; {people} would be judged otherwise by it.",
                          "Nothing was changed: the lead decides under Changed verdicts.")

    def _on_import_failed(self, spoken: Spoken) -> None:
        self._end_import()
        self.say(spoken)

    def _end_import(self) -> None:
        self.postcodes.strip.finish()
        self._importing = None

    # paper

    def print_addresses(self) -> None:
        """Preview the sheet that says which addresses count for the lot."""
        lot = self.lots.lots.current()
        title = lot.name if lot is not None else ""
        words = "-".join("".join(sign if sign.isalnum() else " " for sign in title.lower()).split())
        self.paper.show_drawn(f"Which addresses count, {title}", f"addresses-{words}.pdf", lambda session, out, by: reports_of().write(
            session, "addresses", out, by, lot=lot.id if lot is not None else None))

    def print_review(self) -> None:
        """Preview the list of whom the chosen edition judges otherwise."""
        edition = self.review.edition.value()
        self.paper.show_drawn("What a new postcode edition would change", "changed-verdicts.pdf", lambda session, out, by: reports_of(
            ).edition_review(session, edition, out, by))

    def _put_paper(self, preview: QWidget) -> None:
        if self._stack.indexOf(preview) < 0:
            self._stack.addWidget(preview)
        self._stack.setCurrentWidget(preview)
        self.print_button.hide()

    def _on_preview_closed(self) -> None:
        self._stack.setCurrentWidget(self.tabs)
        self.print_button.setVisible(self.tabs.currentWidget() is self.lots)
        self.first_focus()


def reports_of() -> Any:
    """The module that draws: imported when something is printed, not before."""
    from coachdesk.documents import reports

    return reports
