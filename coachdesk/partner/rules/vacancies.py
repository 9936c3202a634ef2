"""Vacancies and training that employers and training providers offer: what may be written down, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules.words import one_of

EMPLOYER, TRAINER = "employer", "college or training provider"
QUALIFICATION_LEVELS = ("none", "entry level", "level 1", "level 2", "level 3", "level 4 or above")
JOB_CONTRACTS = ("permanent", "fixed term", "zero hours", "agency", "self-employed", "apprenticeship")
ENGLISH_LEVELS = ("a few words", "everyday English", "good spoken English", "good written English")
SCHOOL_HOURS, EARLY, EVENINGS, NIGHTS, WEEKENDS, SHIFTS = ("school hours", "early mornings", "evenings", "nights", "weekends",
                                                           "changing shifts")
WORK_TIMES = (SCHOOL_HOURS, EARLY, EVENINGS, NIGHTS, WEEKENDS, SHIFTS)
OPEN_VACANCY, CLOSED_VACANCY = "open", "closed"
MOST_WORK_HOURS, MOST_VACANCY_PLACES = 80, 1000
MOST_PENCE_AN_HOUR, MOST_PENCE_A_YEAR = 500_00, 1_000_000_00
SOON_DAYS = 7
_SHORT_CONTRACTS = {"temporary": "fixed term", "temp": "agency", "zero": "zero hours"}


def contract_of(text: str | None) -> str | None:
    """The kind of contract that a text means; None when it is empty. Refusal, with the list, otherwise. The three below answer alike."""
    return one_of(JOB_CONTRACTS, text, "a kind of contract", _SHORT_CONTRACTS) if (text or "").strip() else None


def level_of(text: str | None) -> str | None:
    """The least qualification."""
    return one_of(QUALIFICATION_LEVELS, text, "a level of qualification") if (text or "").strip() else None


def english_of(text: str | None) -> str | None:
    """How much English is needed."""
    return one_of(ENGLISH_LEVELS, text, "how much English is needed") if (text or "").strip() else None


def times_of(words: Iterable[str] | None) -> list[str]:
    """Times of work in the order of the list. Refusal for a word that is none."""
    found = {one_of(WORK_TIMES, word, "a time of work", {"shifts": SHIFTS}) for word in words or () if word.strip()}
    return [time for time in WORK_TIMES if time in found]


def check_employer(name: str, kind: str) -> None:
    """Refusal unless the organisation is an employer."""
    if kind != EMPLOYER:
        raise Refusal(f"{name} is kept as “{kind}”, not as an employer.",
                      "Choose an employer, or change the kind of the organisation first. Nothing was changed.")


def check_vacancy(places: int, hours: int | None, pence_an_hour: int | None, pence_a_year: int | None) -> None:
    """Refusal for places, hours or pay that cannot be, or pay told both ways."""
    if not 1 <= places <= MOST_VACANCY_PLACES:
        raise Refusal(f"A vacancy has from 1 to {MOST_VACANCY_PLACES:,} places, and {places:,} was typed.",
                      "Type the number again. Nothing was changed.")
    if hours is not None and not 1 <= hours <= MOST_WORK_HOURS:
        raise Refusal(f"A job has from 1 to {MOST_WORK_HOURS} hours a week, and {hours} was typed.", "Type the hours again.")
    if pence_an_hour is not None and pence_a_year is not None:
        raise Refusal("Pay is told by the hour or by the year, not both.", "Leave one of them empty. Nothing was changed.")
    for pence, most, by in ((pence_an_hour, MOST_PENCE_AN_HOUR, "an hour"), (pence_a_year, MOST_PENCE_A_YEAR, "a year")):
        if pence is not None and not 1 <= pence <= most:
            raise Refusal(f"The pay {by} does not look right.", "Type it in pence, 872 for £8.72, or leave it empty. Nothing was changed.")


def check_passed_on(passed_on: date, advertised_on: date | None, closes_on: date | None, today: date) -> None:
    """Refusal when it was told on a day to come, or would close before that or before its advertisement."""
    if passed_on > today:
        raise Refusal(f"{day_text(passed_on)} is still to come, so nobody was told on it.", "Say the day on which you were told.")
    for earlier, what in ((passed_on, "it was passed on"), (advertised_on, "it is advertised")):
        if earlier is not None and closes_on is not None and closes_on < earlier:
            raise Refusal(f"It would close on {day_text(closes_on)}, before {what} on {day_text(earlier)}.", "Check the days.")


def is_early(passed_on: date, advertised_on: date | None) -> bool:
    """Were we told before it was advertised, or is it not advertised at all?"""
    return advertised_on is None or passed_on < advertised_on


def early_words(passed_on: date, advertised_on: date | None) -> str:
    """`3 days before the advertisement`, `not advertised`, `after the advertisement`."""
    if advertised_on is None:
        return "not advertised"
    days = (advertised_on - passed_on).days
    if days <= 0:
        return "on the day of the advertisement" if days == 0 else "after the advertisement"
    return f"{days} day{'' if days == 1 else 's'} before the advertisement"


def vacancy_state(closes_on: date | None, closed_on: date | None, today: date) -> str:
    """Open, or closed: by its day or by us."""
    return CLOSED_VACANCY if closed_on is not None or (closes_on is not None and closes_on < today) else OPEN_VACANCY


def closes_words(closes_on: date | None, closed_on: date | None, closed_why: str | None, today: date) -> str:
    """`closes in 3 days`, `closed: filled`."""
    if closed_on is not None:
        return f"closed: {closed_why}" if closed_why else f"closed on {day_text(closed_on)}"
    if closes_on is None:
        return "no closing day"
    left = (closes_on - today).days
    if left < 0:
        return f"closed on {day_text(closes_on)}"
    return "closes today" if left == 0 else "closes tomorrow" if left == 1 else f"closes in {left} days" if left <= SOON_DAYS else (
        f"closes on {day_text(closes_on)}")


def pay_words(pence_an_hour: int | None, pence_a_year: int | None) -> str:
    """`£9.30 an hour`, `£19,200 a year`; nothing where it was not told."""
    if pence_an_hour is not None:
        return f"£{pence_an_hour // 100}.{pence_an_hour % 100:02d} an hour"
    return f"£{pence_a_year // 100:,} a year" if pence_a_year is not None else ""


def last_training_day(starts_on: date | None, ends_on: date | None) -> date | None:
    """After which day nobody can take it up any more: its first day, else its last, else none."""
    return starts_on or ends_on


def soon(closes_on: date | None, today: date) -> bool:
    """Does it close within a week?"""
    return closes_on is not None and today <= closes_on <= today + timedelta(days=SOON_DAYS)
