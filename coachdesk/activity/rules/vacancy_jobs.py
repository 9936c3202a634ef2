"""From a vacancy to a job: what its pay comes to by the hour."""

from __future__ import annotations

_WEEKS = 52


def pay_an_hour(pence_an_hour: int | None, pence_a_year: int | None, hours_a_week: int | None) -> int | None:
    """Pence an hour: as told, or a year's pay over 52 weeks, rounded to the penny; None where it cannot be known."""
    if pence_an_hour is not None:
        return pence_an_hour
    if pence_a_year is None or not hours_a_week:
        return None
    return round(pence_a_year / (_WEEKS * hours_a_week))
