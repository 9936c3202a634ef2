"""What changes with time about somebody: spells, benefits, pauses, needs, and the answers that are kept apart. Word lists and checks.

Equality questions and answers are those of the 2021 Census for England; "prefer not to say" is an answer, not asked is none. The bases
are those of UK GDPR Articles 9 and 10 with Schedule 1 of the Data Protection Act 2018, in plain words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules.vacancies import JOB_CONTRACTS, QUALIFICATION_LEVELS

END_REASONS = ("found work", "moved away", "no longer wants help", "lost touch", "health", "caring", "prison", "another programme",
               "not eligible after all", "died", "other")
CONTRACT_KINDS = (*JOB_CONTRACTS, "not in work")
QUALIFICATIONS = (*QUALIFICATION_LEVELS, "from another country", "not known")
BARRIERS = ("caring", "health", "transport", "debt", "housing", "English", "maths", "digital", "confidence", "work history", "childcare",
            "right to work papers", "other")
CONDITIONALITIES = ("intensive work search", "light touch", "no work requirements", "work preparation", "work-focused interviews",
                    "sanctioned", "not known")
DEVICES = ("none", "own telephone", "shared telephone", "tablet", "laptop or computer", "library or centre only")
DATA = ("none", "pay as you go", "contract", "broadband at home", "free Wi-Fi only")
DIGITAL_SKILLS = ("none", "with help", "basic", "confident")

NOT_SAID = "prefer not to say"
ETHNIC_GROUPS = {
    "Asian, Asian British or Asian Welsh": ("Indian", "Pakistani", "Bangladeshi", "Chinese", "any other Asian background"),
    "Black, Black British, Black Welsh, Caribbean or African": ("Caribbean", "African", "any other Black background"),
    "Mixed or Multiple": ("White and Black Caribbean", "White and Black African", "White and Asian", "any other Mixed background"),
    "White": ("English, Welsh, Scottish, Northern Irish or British", "Irish", "Gypsy or Irish Traveller", "Roma",
              "any other White background"),
    "Other": ("Arab", "any other ethnic group"),
}
ETHNICITIES = tuple(f"{group}: {one}" for group, ones in ETHNIC_GROUPS.items() for one in ones)
SEXES = ("female", "male")
GENDERS = ("the same as at birth", "different from at birth")
DISABILITIES = ("limited a lot", "limited a little", "not limited", "no condition")
RELIGIONS = ("no religion", "Christian", "Buddhist", "Hindu", "Jewish", "Muslim", "Sikh", "any other religion")
ORIENTATIONS = ("straight or heterosexual", "gay or lesbian", "bisexual", "other")
CARING = ("no", "up to 19 hours a week", "20 to 49 hours a week", "50 hours a week or more")
EQUALITY_QUESTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ethnic_group": ("an ethnic group", ETHNICITIES),
    "sex": ("an answer on sex", SEXES),
    "gender": ("an answer on gender", GENDERS),
    "disability": ("an answer on health", DISABILITIES),
    "religion": ("a religion", RELIGIONS),
    "orientation": ("an answer on orientation", ORIENTATIONS),
    "caring": ("an answer on caring", CARING),
}

SENSITIVE_CATEGORIES = ("health", "disability", "pregnancy", "safeguarding", "domestic abuse", "immigration", "other")
SENSITIVE_BASES = ("explicit consent", "employment and social protection law", "vital interests", "safeguarding", "equality of opportunity")
OFFENCE_BASES = ("explicit consent", "safeguarding", "law on employment", "support for somebody with a disability or condition")
LOOKS = ("equality", "sensitive", "offence")
MAY_LOOK = ("coach", "lead")
FEWEST = 5  # people; smaller figures are not told


def check_spells(spells: Iterable[tuple[date, date | None]]) -> None:
    """Refusal when two spells of one person overlap, one ends before it starts, or a later one follows one that is still open."""
    ordered = sorted(spells, key=lambda spell: spell[0])
    for begun, ended in ordered:
        if ended is not None and ended < begun:
            raise Refusal(f"That would end on {day_text(ended)}, before it started on {day_text(begun)}.",
                          "Check the days; nothing was changed.")
    for (begun, ended), (then, _) in pairwise(ordered):
        if ended is None:
            raise Refusal(f"They are on the programme since {day_text(begun)}.", "End that time first; nothing was changed.")
        if then <= ended:
            raise Refusal(f"They were on the programme until {day_text(ended)}.", "Start again on a later day; nothing was changed.")


def suppressed(figures: Sequence[int], fewest: int = FEWEST) -> list[int | None]:
    """Figures of one table row with their known sum: small ones are hidden (None), and a second one where the sum would tell the only one.

    Zero is told: nobody can be found in it. The smallest of the others is hidden beside a lone small figure.
    """
    shown: list[int | None] = [None if 0 < figure < fewest else figure for figure in figures]
    if shown.count(None) == 1:
        others = [(figure, place) for place, figure in enumerate(shown) if figure]
        if others:
            shown[min(others)[1]] = None
    return shown
