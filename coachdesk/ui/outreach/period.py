"""The last months up to today, as a box to choose from."""

from __future__ import annotations

from datetime import date, timedelta

from coachdesk.ui.parts.fields import ChoiceField

_DAYS = ((91, "the last 3 months"), (182, "the last 6 months"), (365, "the last 12 months"), (0, "all of the programme"))


def period_field(days: int = 365) -> ChoiceField:
    """Which time to look at; by default the last twelve months."""
    box = ChoiceField(list(_DAYS))
    box.set_value(days)
    return box


def since_of(box: ChoiceField, today: date) -> date | None:
    """The first day of what was chosen; None for all."""
    days = box.value()
    return today - timedelta(days=days) if days else None


def quarters_of(box: ChoiceField) -> int:
    """How many whole quarters the time chosen has; 0 for all."""
    return round((box.value() or 0) / 91)


def words_of(box: ChoiceField) -> str:
    """The time in words."""
    return dict(_DAYS).get(box.value() or 0, "")
