"""Participant's rules: word lists of a registration, National Insurance numbers, ages, baselines, and which consent stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules import folded, one_of
from coachdesk.programme.rules import BY_CONNECTION, BY_RESIDENCE, NOT_ELIGIBLE, SITUATIONS

ADDRESS = SITUATIONS[0]
# DOMAIN §3. No commas or semicolons within a word: lists are written with them.
BENEFITS = (
    "none", "Universal Credit", "Universal Credit: searching for work", "Universal Credit: working - with requirements",
    "Universal Credit: working - no requirements", "Universal Credit: planning for work", "Universal Credit: preparing for work",
    "Universal Credit: no work requirements", "Jobseeker's Allowance", "Employment and Support Allowance", "Income Support",
    "Carer's Allowance", "Personal Independence Payment", "other",
)
HEARD_THROUGH = (
    "outreach event", "social media", "friend or family", "food bank", "job club", "library", "GP", "school", "church or other faith group",
    "college", "housing association", "Jobcentre", "council", "partner", "leaflet or poster", "other",
)
CONTACT_WAYS = ("phone", "text message", "e-mail", "letter", "in person")
NOTICE_WAYS = ("paper", "read aloud", "e-mail")
CONSENT_WAYS = ("signed", "spoken", "e-mail")
TO_PARTNERS, TO_EMPLOYER = "referral to partners", "contact with an employer"
CONSENT_MATTERS = (TO_PARTNERS, TO_EMPLOYER)
GIVEN, REFUSED, WITHDRAWN = "given", "refused", "withdrawn"
NOT_TOLD = ("No privacy notice is written down for this person up to that day: consent counts for what people were told. "
            "Write down when the notice was given.")
CONSENT_ANSWERS = (GIVEN, REFUSED, WITHDRAWN)
VERDICTS_BY_HAND = (BY_RESIDENCE, BY_CONNECTION, NOT_ELIGIBLE)
YOUNGEST, OLDEST = 16, 100
MOST_WEEKS, MOST_HOURS, MOST_PENCE = 4000, 100, 50_000

_SHORT_BENEFITS = {"uc": "Universal Credit", "jsa": "Jobseeker's Allowance", "esa": "Employment and Support Allowance", "no": "none",
                   "pip": "Personal Independence Payment", "is": "Income Support", "ca": "Carer's Allowance"}
_SHORT_WAYS = {"call": "phone", "telephone": "phone", "mobile": "phone", "sms": "text message", "email": "e-mail", "mail": "e-mail",
               "post": "letter", "face to face": "in person"}
_SHORT_HEARD = {
    "family": "friend or family", "doctor": "GP", "job centre": "Jobcentre", "facebook": "social media", "event": "outreach event"}
_SHORT_SITUATIONS = {"nfa": SITUATIONS[1], "homeless": SITUATIONS[1]}
# DOMAIN §7. QQ is never given to anybody: it stands for samples.
_NI = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")
_SAMPLE_NI = re.compile(r"QQ[0-9]{6}[A-D]")
_PUNCTUATION = re.compile(r"[\s./-]+")


def benefit_of(text: str | None) -> str | None:
    """The benefit that a text means; None when it is empty. Refusal, with the list, otherwise. The three below answer alike."""
    return one_of(BENEFITS, text, "a benefit on the list", _SHORT_BENEFITS) if (text or "").strip() else None


def heard_through_of(text: str | None) -> str | None:
    """How somebody heard of the programme."""
    return one_of(HEARD_THROUGH, text, "a way to hear of us that is on the list", _SHORT_HEARD) if (text or "").strip() else None


def contact_way_of(text: str | None) -> str | None:
    """How somebody likes to be reached."""
    return one_of(CONTACT_WAYS, text, "a way to reach somebody", _SHORT_WAYS) if (text or "").strip() else None


def situation_of(text: str | None) -> str:
    """The kind of address; "address" when nothing is said."""
    return one_of(SITUATIONS, text, "a kind of address", _SHORT_SITUATIONS) if (text or "").strip() else ADDRESS


def ni_stripped(text: str | None) -> str:
    """Capitals and digits only, as numbers are compared."""
    return _PUNCTUATION.sub("", text or "").upper()


def ni_number_of(text: str | None, *, is_sample: bool = False) -> str | None:
    """A National Insurance number without spaces; None when it is empty. QQ numbers are for sample people only. Refusal otherwise.

    The number itself is not repeated in the refusal.
    """
    number = ni_stripped(text)
    if not number:
        return None
    if _NI.fullmatch(number) or (is_sample and _SAMPLE_NI.fullmatch(number)):
        return number
    if _SAMPLE_NI.fullmatch(number):
        raise Refusal("Numbers that begin with QQ are for sample people only.",
                      "Type the person's own number, or leave it empty. Nothing was changed.")
    raise Refusal("That is not a National Insurance number.",
                  "It has two letters, six digits and a letter from A to D. Type it again, or leave it empty. Nothing was changed.")


def ni_shown(number: str | None) -> str | None:
    """`QQ 12 34 56 C`."""
    return f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:8]} {number[8:]}".strip() if number else None


def name_key(name: str) -> str:
    """What two spellings of one name share (folded); a name without letters is its own key."""
    return folded(name) or " ".join(name.casefold().split())


def initials(name: str) -> str:
    """First and last initial, for public-place mode: "ZK" for Zoë Kowalska."""
    words = [word for word in ("".join(sign for sign in part if sign.isalnum()) for part in name.split()) if word]
    return "".join(word[0].upper() for word in (words if len(words) < 3 else (words[0], words[-1])))


def age_on(born_on: date, day: date) -> int:
    """Whole years; somebody born on 29 February has their birthday on 1 March in other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def check_born(born_on: date | None, day: date) -> None:
    """Refusal for a date of birth to come, or an age on that day under YOUNGEST or over OLDEST."""
    if born_on is None:
        return
    if born_on > day:
        raise Refusal(f"{day_text(born_on)} is still to come, so nobody was born on it.", "Check the date of birth; nothing was changed.")
    age = age_on(born_on, day)
    if age < YOUNGEST or age > OLDEST:
        said = f"Somebody born on {day_text(born_on)} was {age} on {day_text(day)}."
        raise Refusal(said, f"The programme is for people from {YOUNGEST} to {OLDEST}. Check the date of birth; nothing was changed.")


def check_baseline(weeks_out_of_work: int | None, hours_a_week: int | None, pay_pence_an_hour: int | None) -> None:
    """Refusal for a baseline that cannot be: weeks to MOST_WEEKS, hours to MOST_HOURS, pence an hour to MOST_PENCE, none below nought."""
    for value, most, what in ((weeks_out_of_work, MOST_WEEKS, "Weeks out of work"), (hours_a_week, MOST_HOURS, "Hours a week"),
                              (pay_pence_an_hour, MOST_PENCE, "Pay an hour, in pence,")):
        if value is not None and not 0 <= value <= most:
            raise Refusal(f"{what} cannot be {value}.", f"It is between 0 and {most}; nothing was changed.")


def standing(answers: Iterable[tuple[date, str]]) -> str | None:
    """The answer that stands of (day, answer) in the order in which they were written: the latest day's last; a withdrawal wins its day."""
    said = list(answers)
    if not said:
        return None
    last = max(day for day, _ in said)
    of_day = [answer for day, answer in said if day == last]
    return WITHDRAWN if WITHDRAWN in of_day else of_day[-1]


def kept_sentence(verdict: str, sentence: str) -> str:
    """The verdict's sentence as it is kept with a person: one who is not eligible can be helped, but nothing is claimed for them."""
    return f"{sentence} They can be recorded and helped; nothing is claimed for them." if verdict == NOT_ELIGIBLE else sentence


def moved_sentence(postcode: str | None, decided_for: str | None) -> str:
    """What to say when the person's postcode is not the one that was decided on; empty when it is."""
    if postcode == decided_for:
        return ""
    of = decided_for or "no postcode"
    return f"The decision is about {of}; the address is now {postcode or 'without a postcode'}. It stands; a new decision may be asked for."
