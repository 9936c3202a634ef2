"""What another edition of the postcode file would say: the same lots, their wards looked up in that edition alone.

Nothing is decided by it. A ward of a lot that the edition does not know by its code is looked for by its name in the lot's district;
where that fails too, nobody can say "not eligible" by that edition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from coachdesk.clock import month_of, month_text
from coachdesk.programme.rules.lots import folded, spoken_list
from coachdesk.programme.rules.pairs import edition_title
from coachdesk.programme.rules.shapes import BY_HAND, BY_RESIDENCE, NOT_ELIGIBLE, LotPlan, Verdict, WardPair, in_force
from coachdesk.programme.rules.verdicts import verdict

WARD_GONE = "ward not in the edition"
# By these a verdict rests on an edition. By hand, by a connection or taken in by hand it does not, so no edition says otherwise.
RESTS_ON_AN_EDITION = ("ward", "edition missing", "area not imported", "unknown postcode", "closed postcode", "no ward",
                       "large-user postcode", WARD_GONE)


class _OneEdition:
    """A shelf that answers every question by one edition; what the others hold is still told of."""

    def __init__(self, edition: Any, others: Callable[[], Sequence[Any]]) -> None:
        self._edition, self.editions = edition, others

    def edition(self, name: str) -> Any:
        return self._edition


class ByEdition:
    """Judges many addresses by one edition. What a lot and a day have in common is worked out once."""

    def __init__(self, edition: Any, plans: Sequence[LotPlan], editions: Callable[[], Sequence[Any]]) -> None:
        """`edition` and what `editions` answers: place.editions.Edition, or what is like it."""
        self.edition = edition
        self._shelf = _OneEdition(edition, editions)
        self._plans = {plan.name: plan for plan in plans}
        self._wards: dict[str, tuple[str, str]] = edition.wards()
        self._known: dict[str, tuple[LotPlan, dict[str, str]]] = {}
        self._codes: dict[tuple[str, date], tuple[frozenset[str], tuple[str, ...]]] = {}

    def _as_in_the_edition(self, lot: str) -> tuple[LotPlan, dict[str, str]]:
        """The lot with its wards as the edition has them, and the wards that it has not: code → name."""
        if lot not in self._known:
            plan, gone, pairs = self._plans[lot], {}, []
            for pair in plan.pairs:
                code = self._code(plan, pair)
                if code is None:
                    gone[pair.ward_code] = pair.ward_name
                else:
                    pairs.append(replace(pair, ward_code=code, ward_name=self._wards[code][0], edition=self.edition.name))
            self._known[lot] = replace(plan, pairs=tuple(dict.fromkeys(pairs))), gone
        return self._known[lot]

    def _code(self, plan: LotPlan, pair: WardPair) -> str | None:
        if pair.ward_code in self._wards:
            return pair.ward_code
        named = [code for code, (name, district) in self._wards.items()
                 if district == plan.district_code and folded(name) == folded(pair.ward_name)]
        return named[0] if len(named) == 1 else None

    def _in_force(self, lot: str, on: date) -> tuple[frozenset[str], tuple[str, ...]]:
        """The ward codes that count on a day, and the names of wards that would count and that the edition does not have."""
        if (lot, on) not in self._codes:
            plan, gone = self._as_in_the_edition(lot)
            missing = [gone[pair.ward_code] for pair in in_force(self._plans[lot].pairs, on) if pair.ward_code in gone]
            self._codes[lot, on] = (frozenset(pair.ward_code for pair in in_force(plan.pairs, on)), tuple(dict.fromkeys(missing)))
        return self._codes[lot, on]

    def says_the_same(self, lot: str, postcode: str, on: date, stood: str) -> bool:
        """Whether a verdict would stand, for most people at the cost of one look-up."""
        located = self.edition.lookup(postcode)
        codes, missing = self._in_force(lot, on)
        if located is not None and located.ward_code and not located.large_user and not (
                located.terminated_on and located.terminated_on <= month_text(month_of(on))):
            if stood == BY_RESIDENCE and located.ward_code in codes:
                return True
            if stood == NOT_ELIGIBLE and located.ward_code not in codes and not missing and not self._plans[lot].inclusions:
                return True
        return self.judge(lot, postcode, on).verdict == stood

    def judge(self, lot: str, postcode: str, on: date) -> Verdict:
        """The verdict by this edition, for a day on which the lot's own wards of that day count."""
        plan, _gone = self._as_in_the_edition(lot)
        judged = verdict(plan, postcode, on, self._shelf)
        missing = self._in_force(lot, on)[1]
        if missing and (judged.verdict == NOT_ELIGIBLE or judged.method == "no ward in force"):
            said = (f"{edition_title(self.edition)} has no ward called {spoken_list(list(missing))}, so nobody can tell by it whether "
                    f"{postcode} counts for the {lot} lot. Check the address by hand.")
            return replace(judged, verdict=BY_HAND, method=WARD_GONE, sentence=said, nearest=None)
        return judged
