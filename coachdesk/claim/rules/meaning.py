"""Which help is meaningful, under which version of the contract's definition, and whose word that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coachdesk.activity.rules import Manner, Proposal, manner_on, propose_meaningful, says_what_was_recorded
from coachdesk.claim.rules.contract import Terms, rule_words
from coachdesk.claim.rules.shapes import INTERVENTION, Deed


@dataclass(frozen=True, slots=True)
class Judgement:
    """One piece of help, judged: by which version and clause ("": by the desk's own manner), and whether the coach decided otherwise."""

    is_meaningful: bool
    why: str
    version: str
    clause: str
    by_coach: bool

    @property
    def rule(self) -> str:
        """The definition and its version."""
        return rule_words("definition", self.version) if self.version else "as recorded"


def judge(terms: Terms, deed: Deed) -> Judgement:
    """The word on one piece of help under the version in force on its day; where the contract has none then, as it was recorded.

    What the desk merely proposed under another version is judged anew; what the coach decided against a proposal stands, unless the
    version says that the definition's word does.
    """
    manner = manner_on(terms.meaningful, deed.on)
    if manner is None or not deed.mode:
        return Judgement(deed.is_meaningful, deed.why, "", "", False)
    now = propose_meaningful(deed.mode, deed.minutes, manner, deed.help_kind)
    if deed.is_meaningful == now.is_meaningful:
        return Judgement(deed.is_meaningful, deed.why or now.why, manner.version, manner.clause, False)
    if _then(terms, deed).is_meaningful == deed.is_meaningful or not manner.coach_may_differ:
        return Judgement(now.is_meaningful, now.why, manner.version, manner.clause, False)
    return Judgement(deed.is_meaningful, deed.why, manner.version, manner.clause, True)


def _then(terms: Terms, deed: Deed) -> Proposal:
    """What was proposed when the help was written down."""
    judged_by = next((each for each in terms.meaningful if each.version == deed.judged_by), Manner()) if deed.judged_by else Manner()
    return propose_meaningful(deed.mode, deed.minutes, judged_by, deed.help_kind)


def judged(terms: Terms, deeds: Iterable[Deed]) -> list[Deed]:
    """The deeds with the definition's word in place of the recorded one."""
    if says_what_was_recorded(terms.meaningful):
        return list(deeds)
    found = []
    for deed in deeds:
        if deed.kind != INTERVENTION:
            found.append(deed)
            continue
        word = judge(terms, deed)
        found.append(deed if word.is_meaningful == deed.is_meaningful else replace(deed, is_meaningful=word.is_meaningful, why=word.why))
    return found
