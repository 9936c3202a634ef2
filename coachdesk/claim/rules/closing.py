"""Closing a month: the choices that a lead can make, and when money for a claim is expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

GOING_AHEAD, WAITING, CHASING = "going ahead", "waiting", "chasing"
CHOICES = (GOING_AHEAD, WAITING, CHASING)
PAY_DAYS, MOST_PAY_DAYS = 30, 365      # where the contract's own were not entered; the most that is believed


def pay_days_on(terms: Iterable[tuple[date, int]], on: date) -> int:
    """Days to payment of the term in force on a day: (first day, days) of each; PAY_DAYS where none is."""
    begun = [term for term in terms if term[0] <= on]
    return max(begun)[1] if begun else PAY_DAYS


def expected_on(sent_on: date, days: int, today: date) -> date:
    """When money is expected: so many days after sending; what is overdue is expected now."""
    return max(sent_on + timedelta(days=days), today)
