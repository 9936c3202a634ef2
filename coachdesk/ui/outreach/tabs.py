"""The views of the outreach page, a tab each; a view is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

SESSIONS, CALENDAR, SERIES = "sessions", "calendar", "series"


class Tab(NamedTuple):
    """One view. `words` with & before the mnemonic; `make(desk, page)` answers its widget.

    The widget has read() (ask the store again), first_focus(), a signal told(str) (the line under the title) and may have a signal
    open_requested(kind, id) and redraw_names(). It may put a form of its own in front by page.show_form(widget, title, subtitle),
    and come back by page.show_tab(key).
    """

    key: str
    words: str
    make: Callable[[Any, Any], QWidget]
    rooms: tuple[str, ...] = ("outreach", "partner", "programme")


def _sessions(desk: Any, page: Any) -> QWidget:
    return page.sessions  # type: ignore[no-any-return]


def _calendar(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.outreach.calendar_view import CalendarView

    made = CalendarView(desk)
    made.day_wanted.connect(page.new_session_on)
    return made


def _series(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.outreach.series_view import SeriesView

    return SeriesView(desk, page)


def _venues(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.outreach.venues_view import VenuesView

    return VenuesView(desk, page)


def _presence(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.outreach.presence_view import PresenceView

    return PresenceView(desk, page)


def _dependency(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.outreach.dependency_view import DependencyView

    return DependencyView(desk, page)


def _unmet(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.outreach.unmet_view import UnmetView

    return UnmetView(desk, page)


def _map(desk: Any, page: Any) -> QWidget:
    from coachdesk.ui.outreach.saturation_view import SaturationView

    return SaturationView(desk, page)


TABS: tuple[Tab, ...] = (
    Tab(SESSIONS, "Sess&ions", _sessions, ("outreach", "partner", "programme", "participant")),
    Tab(CALENDAR, "&Calendar", _calendar),
    Tab(SERIES, "Seri&es", _series),
    Tab("venues", "&Venues", _venues),
    Tab("presence", "P&resence", _presence),
    Tab("dependency", "&Dependency", _dependency, ("outreach", "partner", "programme", "participant", "referral")),
    Tab("unmet", "&Unmet demand", _unmet),
    Tab("map", "&Map of wards", _map, ("outreach", "programme", "participant", "activity", "place")),
)
