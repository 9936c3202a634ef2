"""Which lot is meant: names as they stand in print, on the telephone and in other people's spreadsheets (DOMAIN §1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from coachdesk.errors import Refusal
from coachdesk.programme.rules.shapes import LotPlan

# Word by word, because "Cannock South" is closer to "Cannock North" as a whole than some honest misspellings are.
WORD_LIKENESS = 0.78
WHOLE_LIKENESS = 0.92
NEAR_LIKENESS = 0.6
CLEAR_LEAD = 0.05
LONGEST_NAME = 200


def lot_names(lots: Iterable[LotPlan]) -> dict[str, tuple[str, ...]]:
    """Lot name → aliases, as `find_lot` wants them."""
    return {lot.name: lot.aliases for lot in lots}


def folded(text: str) -> str:
    """A name without case, accents, punctuation, "and", "&" and a closing "ward" or "lot": words parted by one space."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    words = [word for word in re.sub(r"[^\w]+|_", " ", plain.replace("'", "").replace("’", "")).split() if word != "and"]
    while len(words) > 1 and words[-1] in ("ward", "lot"):
        words.pop()
    return " ".join(words)


def find_lot(names: Mapping[str, Sequence[str]], text: str) -> str:
    """The one lot that `text` means: its name or an alias, in any case and punctuation, or clearly misspelt.

    Refusal where none or several fit; it lists the near names (all of them where none is near).
    """
    said = text.strip()
    if len(said) > LONGEST_NAME:
        raise Refusal("That is too long to be the name of a lot.", f"The lots are {spoken_list(list(names))}.")
    wanted = folded(said)
    if not wanted:
        raise Refusal("A lot is needed.", f"The lots are {spoken_list(list(names))}.")
    if said in names:
        return said
    squeezed = wanted.replace(" ", "")
    known = {lot: [folded(each).replace(" ", "") for each in (lot, *aliases)] for lot, aliases in names.items()}
    same = [lot for lot, called in known.items() if squeezed in called]
    if len(same) == 1:
        return same[0]
    if same:
        raise Refusal(f"“{said}” is a name of more than one lot: {spoken_list(same)}.", "Write the lot's full name.")
    fits = sorted(((_likeness(wanted, (lot, *aliases)), lot) for lot, aliases in names.items()), reverse=True)
    sure = [pair for pair in fits if pair[0] >= WORD_LIKENESS]
    if sure and (len(sure) == 1 or sure[0][0] - sure[1][0] >= CLEAR_LEAD):
        return sure[0][1]
    raise Refusal(f"No lot is called “{said}”.", _did_you_mean([lot for _, lot in sure] or _near(squeezed, known), list(names)))


def spoken_list(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "none"


def _likeness(wanted: str, called: Iterable[str]) -> float:
    """How well a misspelt name fits the best of a lot's names; 0 where it does not fit."""
    return max((_one_likeness(wanted, folded(each)) for each in called), default=0.0)


def _one_likeness(wanted: str, name: str) -> float:
    whole = SequenceMatcher(None, wanted.replace(" ", ""), name.replace(" ", ""), autojunk=False).ratio()
    ours, theirs = wanted.split(), name.split()
    if len(ours) == len(theirs):
        words = [SequenceMatcher(None, one, other, autojunk=False).ratio() for one, other in zip(ours, theirs, strict=True)]
        if min(words) >= WORD_LIKENESS:
            return max(whole, WORD_LIKENESS)
    return whole if whole >= WHOLE_LIKENESS else 0.0


def _near(squeezed: str, known: Mapping[str, Sequence[str]]) -> list[str]:
    scored = [(max(SequenceMatcher(None, squeezed, each, autojunk=False).ratio() for each in called), lot) for lot, called in known.items()]
    return [lot for score, lot in sorted(scored, reverse=True) if score >= NEAR_LIKENESS][:3]


def _did_you_mean(near: Sequence[str], every: Sequence[str]) -> str:
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"The lots are {spoken_list(every)}."
