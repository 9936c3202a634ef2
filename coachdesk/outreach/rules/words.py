"""Words of outreach: kinds of session, topics, what a tally counts, times of day."""

from __future__ import annotations

from collections.abc import Iterable

from coachdesk.errors import Refusal
from coachdesk.partner.rules import folded, one_of

SESSION_KINDS = ("food bank", "job club", "coffee morning", "community event", "co-located desk")
# What people come about; after the kinds of support of DOMAIN §3. No commas or semicolons: lists of topics are written with them.
TOPICS = (
    "CV and job search", "interview", "digital skills and kit", "English and maths", "ESOL", "training", "volunteering", "work trial",
    "health and wellbeing", "caring and childcare", "money and debt", "benefits", "housing", "travel", "confidence and networks",
    "rights at work", "self-employment", "progression at work", "food and essentials",
)
CONTACT, LEAFLET, TURNED_AWAY = "contact", "leaflet", "turned away"
TALLIED = (CONTACT, LEAFLET, TURNED_AWAY)
LARGEST_COUNT = 5000

# Short forms that mean a topic wherever they stand in a line; none of them is a name.
CLEAR = {
    "cv": "CV and job search", "cvs": "CV and job search", "jobsearch": "CV and job search", "job search": "CV and job search",
    "it": "digital skills and kit", "digital": "digital skills and kit", "laptop": "digital skills and kit", "esol": "ESOL",
    "childcare": "caring and childcare", "uc": "benefits", "pip": "benefits", "esa": "benefits", "jsa": "benefits", "benefits": "benefits",
    "interview": "interview", "interviews": "interview", "debt": "money and debt", "debts": "money and debt", "housing": "housing",
    "self employed": "self-employment", "self employment": "self-employment", "volunteering": "volunteering",
    "wellbeing": "health and wellbeing", "bus pass": "travel", "food parcel": "food and essentials", "foodbank": "food and essentials",
    "food bank": "food and essentials", "work trial": "work trial", "qualifications": "training",
}
# Words that could also be part of a name: a topic only after the name.
AFTER_A_NAME = {
    "job": "CV and job search", "jobs": "CV and job search", "work": "CV and job search", "english": "English and maths",
    "maths": "English and maths", "course": "training", "courses": "training", "training": "training", "volunteer": "volunteering",
    "health": "health and wellbeing", "caring": "caring and childcare", "carer": "caring and childcare", "money": "money and debt",
    "benefit": "benefits", "rent": "housing", "travel": "travel", "bus": "travel", "confidence": "confidence and networks",
    "rights": "rights at work", "progression": "progression at work", "food": "food and essentials", "computer": "digital skills and kit",
    "phone": "digital skills and kit", "trial": "work trial", "business": "self-employment",
}
_SHORT = {**AFTER_A_NAME, **CLEAR}


def session_kind_of(text: str | None) -> str:
    """The kind of session that a text means. Refusal, with the list, otherwise."""
    return one_of(SESSION_KINDS, text, "a kind of session")


def tallied_of(text: str | None) -> str:
    """What a tally counts. Refusal, with the list, otherwise."""
    return one_of(TALLIED, text, "something that is tallied")


def topics_of(words: Iterable[str] | None) -> list[str]:
    """Topics by name or short form, sorted, each once. Refusal, with the list, for a word that means none."""
    return sorted({
        word if word in TOPICS else one_of(TOPICS, word.replace("&", " and "), "a topic", _SHORT) for word in words or () if folded(word)})


def count_of(count: int) -> int:
    """How many at once, 1 to LARGEST_COUNT. Refusal otherwise."""
    if not 1 <= count <= LARGEST_COUNT:
        raise Refusal(f"A tally counts from 1 to {LARGEST_COUNT} at once.", "To take some back, correct the tally. Nothing was changed.")
    return count


def check_times(starts_at: str | None, ends_at: str | None) -> None:
    """Refusal when a session would end before it starts."""
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refusal(f"The session would end at {ends_at}, before it starts at {starts_at}.", "Check both times; nothing was changed.")


def headcount_of(people: int | None) -> int | None:
    """People in the room, none to LARGEST_COUNT. Refusal otherwise."""
    if people is not None and not 0 <= people <= LARGEST_COUNT:
        raise Refusal(f"A headcount is between 0 and {LARGEST_COUNT}.", "Check the number; nothing was changed.")
    return people
