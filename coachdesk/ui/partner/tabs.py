"""The views of the partners' page, a tab each; a view is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

ORGANISATIONS, TENDED, HOLDERS = "organisations", "tended", "holders"


class Tab(NamedTuple):
    """One view. `words` with & before the mnemonic; `make(desk, page)` answers its widget; `kinds` are the records that it opens.

    The widget has read() (ask the store again), first_focus() and a signal told(str) (the line under the title). It may have signals
    said(str) and open_requested(kind, id), and the methods open(kind, id), redraw_names() and new() (what Ctrl+N begins; `new` are the
    words of its button, unless the widget has new_words of its own at the time). It may put a form or a print of its own in front by
    page.show_form(widget, title, subtitle), and come back by page.show_tab(key).
    """

    key: str
    words: str
    make: Callable[[Any, Any], QWidget]
    rooms: tuple[str, ...] = ("partner", "referral", "outreach", "programme")
    kinds: tuple[str, ...] = ()
    new: str = ""


def _organisations(desk: Any, page: Any) -> QWidget:
    return page.organisations  # type: ignore[no-any-return]


def _tended(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.partner.tended_view import TendedView

    return TendedView(desk, page)


def _holders(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.partner.holders_view import HoldersView

    return HoldersView(desk, page)


def _capability(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.partner.capability_view import CapabilityView

    return CapabilityView(desk, page)


def _council(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.partner.council_view import CouncilView

    return CouncilView(desk, page)


def _vacancies(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.partner.vacancies_view import VacanciesView

    return VacanciesView(desk, page)


TABS: tuple[Tab, ...] = (
    Tab(ORGANISATIONS, "O&rganisations", _organisations,
        kinds=("partner", "partner.venue", "partner.contact", "partner.service", "partner.services", "partner.agreement",
               "partner.agreements", "partner.upkeep"),
        new="Add an orga&nisation…"),
    Tab(TENDED, "Ten&ded", _tended),
    Tab(HOLDERS, "&Who holds what", _holders, kinds=("partner.connector",), new="Add a co&nnector…"),
    Tab("capability", "Capabi&lity", _capability, ("partner", "programme", "activity", "participant"), ("partner.capability",),
        "Add a co&ntract…"),
    Tab("council", "Council suppor&t", _council, ("partner", "programme"), ("partner.council_support",), "Ask a cou&ncil…"),
    Tab("vacancies", "Vacanc&ies", _vacancies, ("partner", "programme", "activity", "participant"),
        ("partner.vacancy", "partner.training", "activity.candidate"), "Add a vaca&ncy…"),
)
