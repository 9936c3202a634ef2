"""What has to be proved before something is paid: which proofs are here, which are missing, and whether they bear their day's set phrase.

`missing_on` answers for one activity, so that a room or a form can ask before a claim does; `proved` for a whole claimable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from coachdesk.claim.rules.contract import EVERY, Need, Terms, is_in_force
from coachdesk.claim.rules.shapes import Deed, Person, Proof, Step, Value
from coachdesk.clock import day_text

OTHER_WORDING = "another wording"


def needs_on(terms: Terms, milestone: str, on: date) -> list[Need]:
    """What has to be proved for a milestone earned on a day, in the order of the terms."""
    return [need for need in terms.needs if need.milestone == milestone and is_in_force(need.from_, need.to, on)]


def phrase_kept(terms: Terms, typed: str) -> str:
    """The phrase of the contract that a proof's wording holds (the longest); "another wording" for any other, "" for none.

    So nothing that a person typed reaches the ledger, which is kept for ever.
    """
    said = _folded(typed)
    phrases = sorted({w.phrase for need in terms.needs for w in need.wordings}, key=lambda phrase: (-len(phrase), phrase))
    return next((phrase for phrase in phrases if _folded(phrase) in said), OTHER_WORDING) if said else ""


def fault(need: Need, proof: Proof) -> str:
    """Why a proof does not do for a need, in plain words; empty where it does."""
    wording = need.wording_on(proof.obtained_on)
    if wording is not None and _folded(wording.phrase) not in _folded(proof.wording):
        return (f"the proof of {day_text(proof.obtained_on)} does not bear the words “{wording.phrase}”, which are asked for since "
                f"{day_text(wording.from_)} ({wording.clause})")
    if need.verified and not proof.verified_by:
        return f"the proof of {day_text(proof.obtained_on)} has not been checked by anybody"
    return ""


def missing_on(need: Need, proofs: Iterable[Proof]) -> str:
    """What is wrong with the proofs for one need; empty where one of them does. The latest proof is blamed where none does."""
    theirs = sorted((proof for proof in proofs if _folded(proof.proves) == _folded(need.proves)), key=_by_day)
    if not theirs:
        return f"evidence is missing: {need.words}"
    faults = [fault(need, proof) for proof in theirs]
    return "" if "" in faults else f"evidence will not do: {need.words}: {faults[-1]}"


def proved(terms: Terms, value: Value, deeds: Sequence[Deed], person: Person | None) -> tuple[tuple[Step, ...], Step | None]:
    """(the steps of what is proved, the first need that is not, as a step whose arithmetic says why) for one claimable."""
    steps: list[Step] = []
    of_person = person.evidence if person else ()
    for need in needs_on(terms, value.milestone, value.earned_on):
        for deed in deeds if need.scope == EVERY else deeds[-1:]:
            proofs = (*deed.evidence, *of_person)
            why = missing_on(need, proofs)
            if why:
                return tuple(steps), Step(f"Evidence: {need.words}", f"activity {deed.id}", need.rule, need.clause, why)
            good = next(p for p in sorted(proofs, key=_by_day) if _folded(p.proves) == _folded(need.proves) and not fault(need, p))
            said = [f"obtained on {day_text(good.obtained_on)}", *([good.how] if good.how else []),
                    *(["checked"] if good.verified_by else []), *([f"words “{good.wording}”"] if need.wording_on(good.obtained_on) else [])]
            steps.append(Step(f"Evidence: {need.words}", f"evidence {good.id}", need.rule, need.clause, ", ".join(said)))
    return tuple(steps), None


def _by_day(proof: Proof) -> tuple[date, str]:
    return (proof.obtained_on, proof.id)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
