"""Outside options: partners beyond the provider's own that may help with what is asked for, the two likeliest first, each with its reason.

Finding S3 of the evaluation: targets on other contracts kept people in-house. Before somebody is kept in-house the desk shows where else
they could go. What is not known of a partner stands in the middle: it never counts for less than what is known to be bad.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coachdesk.clock import day_text
from coachdesk.partner.rules import folded
from coachdesk.partner.rules.capability import support_kind_of
from coachdesk.programme.rules import line_of
from coachdesk.referral.rules.life import KEPT_STEP

MOST_SHOWN = 2
_UNKNOWN = 0.5
_SLOWEST = 28               # days: an answer that takes so long counts as none
_FRESH, _STALE = 183, 730   # days since an entry of the directory was checked
_WEIGHTS = {"accepted": 3, "reply": 2, "open": 2, "checked": 1, "place": 1}
# Each kind of support (partner.rules.capability) with words by which a directory files it, and kinds of organisation that give it.
_GIVEN_BY: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "CV & job search": (("cv", "job", "employment", "career"), ("Jobcentre", "library")),
    "interview": (("interview", "job club", "employment"), ("Jobcentre",)),
    "digital skills & kit": (("digital", "computer", "internet", "online"), ("library", "college or training provider")),
    "English, maths & ESOL": (("english", "esol", "maths", "literacy", "numeracy", "functional skills"),
                              ("college or training provider", "library")),
    "vocational training": (("training", "course", "qualification", "adult education", "apprenticeship", "vocational"),
                            ("college or training provider",)),
    "volunteering": (("volunteer",), ("church or other faith group", "food bank", "leisure or community centre")),
    "work trial": (("work trial", "work experience", "placement"), ("employer",)),
    "health & wellbeing": (("health", "wellbeing", "mental", "counselling", "addiction", "recovery"), ("GP surgery or health centre",)),
    "caring & childcare": (("caring", "carer", "childcare", "children", "nursery", "family"), ("leisure or community centre", "council")),
    "money & debt": (("debt", "money", "budget", "financial", "benefit", "welfare rights"), ("debt or advice service",)),
    "housing": (("housing", "homeless", "tenancy", "rent", "shelter"), ("housing association", "council")),
    "travel": (("travel", "transport", "bus", "driving", "bicycle"), ("council",)),
    "confidence & networks": (("confidence", "social", "befriending", "coffee", "group"),
                              ("leisure or community centre", "church or other faith group", "youth club")),
    "rights & in-work issues": (("rights", "advice", "law", "employment rights", "union"), ("debt or advice service",)),
    "self-employment": (("self employment", "self-employed", "business", "enterprise"), ("college or training provider",)),
    "progression": (("progression", "career", "next step"), ("college or training provider",)),
}
HELP = tuple(_GIVEN_BY)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a partner. accepted of answered: what they took on; silent: asked, overdue, no reply. None: not known.

    services: names of those that fit; is_open: whether any fitting service or place of theirs is open; has_place: one in the lot.
    """

    key: Any
    name: str
    kind: str
    reply_days: int
    given: int = 0
    answered: int = 0
    accepted: int = 0
    silent: int = 0
    median_days: int | None = None
    services: tuple[str, ...] = ()
    is_open: bool | None = None
    checked_on: date | None = None
    has_place: bool | None = None
    fits: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A partner as it is offered: score of 100, and its reasons in words."""

    key: Any
    name: str
    score: int
    reasons: tuple[str, ...]

    def sentence(self) -> str:
        """`Money Advice: took on 4 of 5; answers within 6 days; open; checked on 1 May 2020.`"""
        return f"{self.name}: {'; '.join(self.reasons)}."


def help_of(text: str | None) -> str | None:
    """A kind of support from the list, or None where none was said. Refusal that lists them."""
    clean = line_of(text, "The kind of support")
    return support_kind_of(clean) if clean is not None else None


def fits(help_kind: str | None, partner_kind: str, offers: Iterable[tuple[str, Iterable[str]]],
         holds: Iterable[str] = ()) -> tuple[str, tuple[str, ...]]:
    """(why a partner fits, the services that do); an empty why where it does not.

    offers: services by name with what they are filed under; holds: funding or contracts for this kind of support. Without a kind
    everybody fits.
    """
    if help_kind is None:
        return "works here", ()
    words, kinds = _GIVEN_BY[help_kind]
    named = tuple(name for name, filed in offers
                  if any(f" {folded(word)}" in f" {folded(text)}" for word in words for text in (name, *filed)))
    funding = next(iter(holds), "")
    if named or funding:
        said = (f"offers {named[0]}" if named else "", f"holds {funding} for it" if funding else "")
        return "; ".join(part for part in said if part), named
    return (f"is a {partner_kind}" if partner_kind in kinds else ""), ()


def with_record(known: Known, given: int, answered: int, accepted: int, silent: int, median_days: int | None) -> Known:
    """The same partner with what came of earlier referrals."""
    return replace(known, given=given, answered=max(answered, accepted), accepted=accepted, silent=silent, median_days=median_days)


def best(partners: Iterable[Known], on: date, most: int = MOST_SHOWN) -> list[Option]:
    """The likeliest first, those with one score by name; who is closed at present comes after everybody else."""
    every = [(known.is_open is False, option(known, on)) for known in partners]
    every.sort(key=lambda each: (each[0], -each[1].score, folded(each[1].name), str(each[1].key)))
    return [each for _, each in every[:most]]


def option(known: Known, on: date) -> Option:
    """One partner with its score and why."""
    parts = {"accepted": _accepted(known), "reply": _reply(known), "open": _open(known), "checked": _checked(known, on),
             "place": _place(known)}
    score = sum(_WEIGHTS[name] * value for name, (value, _) in parts.items()) / sum(_WEIGHTS.values())
    said = [known.fits, *(words for _, words in parts.values())]
    return Option(known.key, known.name, round(100 * score), tuple(each for each in said if each))


def _accepted(known: Known) -> tuple[float, str]:
    value = (known.accepted + 1) / (known.answered + 2)         # nothing known: the middle; one answer alone does not decide
    if not known.given:
        return value, "nobody sent there yet"
    return value, f"took on {known.accepted} of {known.given}"


def _reply(known: Known) -> tuple[float, str]:
    heard = known.answered / (known.answered + known.silent) if known.answered + known.silent else None
    words = f"no reply to {known.silent}" if known.silent else ""
    if known.median_days is None:
        return (_UNKNOWN if heard is None else _UNKNOWN * heard), words or f"should answer within {known.reply_days} days"
    pace = max(0.0, 1 - known.median_days / _SLOWEST) * (1.0 if heard is None else heard)
    days = f"answers within {known.median_days} day{'' if known.median_days == 1 else 's'}" if known.median_days else "answers the same day"
    return pace, f"{days}, {words}" if words else days


def _open(known: Known) -> tuple[float, str]:
    if known.is_open is None:
        return _UNKNOWN, ""
    return (1.0, "open") if known.is_open else (0.0, "closed at present")


def _checked(known: Known, on: date) -> tuple[float, str]:
    if known.checked_on is None:
        return _UNKNOWN, ""
    age = max(0, (on - known.checked_on).days)
    value = 1.0 if age <= _FRESH else _UNKNOWN if age <= _STALE else 0.25
    return value, f"its entry was checked on {day_text(known.checked_on)}"


def _place(known: Known) -> tuple[float, str]:
    return (1.0, "has a place in the lot") if known.has_place else (_UNKNOWN, "")


def kept_text(options: Iterable[Option]) -> str:
    """The options as they are kept with a referral, so that it can be explained later."""
    return json.dumps([[str(each.key), each.name, each.score, list(each.reasons)] for each in options], ensure_ascii=False)


def kept_options(text: str | None) -> tuple[Option, ...]:
    """What was kept, or nothing where none was, or it cannot be read."""
    try:
        rows = json.loads(text) if text else []
        return tuple(Option(str(key), str(name), int(score), tuple(map(str, reasons))) for key, name, score, reasons in rows)
    except (ValueError, TypeError):
        return ()


def options_words(options: Iterable[Option]) -> str:
    """The names of the options in one line."""
    return "; ".join(each.sentence().rstrip(".") for each in options) or "no outside partner in the lot was known to give this help"


def outside_step(options: Iterable[Option]) -> str:
    """What to do next, where somebody would be kept in-house without a word."""
    names: Mapping[str, None] = dict.fromkeys(each.name for each in options)
    first = f"Outside: {' or '.join(names)}. " if names else ""
    return f"{first}{KEPT_STEP}"
