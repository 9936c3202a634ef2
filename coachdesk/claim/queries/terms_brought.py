"""What a new file of terms would change, before anything does: rules added, ended, changed or gone, and what the next claims would show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import rules
from coachdesk.claim.queries import feed, shown
from coachdesk.claim.record import Claim
from coachdesk.clock import month_of, month_text, month_words
from coachdesk.errors import Refusal, Trouble
from coachdesk.programme import queries as programme
from coachdesk.programme import rules as programme_rules
from coachdesk.store.session import today

_FLOOR = programme_rules.FLOOR
_NEXT = "Give the changed rule a new version and its first day, and end the old one the day before. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Effect:
    """A lot's present month, worked out under the terms that stand and under those brought; and how much of it corrects sent claims."""

    lot: str
    month: str
    before_pence: int
    after_pence: int
    corrections_pence: int


@dataclass(frozen=True, slots=True)
class TermsBrought:
    """What a file of terms does to those that stand, rule by rule ("start, version 2"), and its effect where something was sent."""

    change: programme_rules.TermsChange
    added: tuple[str, ...]
    ended: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    effects: tuple[Effect, ...]


def preview_terms(session: Session, text: str, name: str) -> TermsBrought:
    """Reads and checks a file of terms against the store. `name` is the file's, for the sentences.

    Refusal, naming line and field, for a file that is not right, or where the store could not be worked with afterwards; and once a claim
    went out, for a version that it was sent under and is now written otherwise or left out: a change is a new version.
    """
    brought = programme_rules.term_rows(programme_rules.read_terms(text, name, list(feed.lot_ids(session))))
    standing = _standing(session)
    change = programme_rules.compare_terms(standing, brought)
    new = feed.terms_of(session, ((row["kind"], row["details"]) for row in programme_rules.terms_after(standing, change)))
    _check_sent(session, standing, change, name)

    def named(rows: tuple[Mapping[str, Any], ...]) -> tuple[str, ...]:
        return tuple(programme_rules.words_of(row) for row in rows)

    effects = () if change.is_nothing or not _is_workable(session) else _effects(session, new)
    return TermsBrought(change, named(change.added), named(change.ended), named(change.changed), named(change.gone), effects)


def _standing(session: Session) -> list[dict[str, Any]]:
    """The terms of the store as the fields of their rows, in the order of the store."""
    return [{"code": each.code, "kind": each.kind, "version": each.version, "clause": each.clause, "from_day": each.from_day,
             "to_day": each.to_day, "details": each.details} for each in programme.terms(session)]


def _check_sent(session: Session, standing: Iterable[Mapping[str, Any]], change: programme_rules.TermsChange, name: str) -> None:
    """Refusal, naming the rule, where a version that claims were sent under is written otherwise or left out.

    A floor is judged by its own months: it may not lose one for which a claim went out. Any other rule may still end on another day.
    """
    sent = set(session.execute(sa.select(Claim.month).where(Claim.status.in_(feed.GONE_OUT))).scalars())
    before = {programme_rules.key_of(row): row for row in standing}
    found = [(before[programme_rules.key_of(row)], "other figures", set[int]()) for row in change.changed]
    found += [(row, "no place", set()) for row in change.gone]
    found += [(before[programme_rules.key_of(row)], "another end", _months(row)) for row in change.ended if row["kind"] == _FLOOR]
    for row, what, kept in found:
        used = (sent & _months(row)) - kept if row["kind"] == _FLOOR else sent
        if used:
            under = (f"Under it the claims of {', '.join(month_words(month) for month in sorted(used))} were sent."
                     if row["kind"] == _FLOOR else f"Claims up to {month_words(max(used))} were sent under these terms.")
            raise Refusal(f"{programme_rules.words_of(row)} stands in the store and has {what} in {name}. {under}", _NEXT)


def _months(floor: Mapping[str, Any]) -> set[int]:
    first, last = programme_rules.floor_months(floor)
    return set(range(first, last + 1))


def _is_workable(session: Session) -> bool:
    """Whether claims can be worked out under the terms that stand; where not, what mends them has nothing to be held against."""
    try:
        feed.terms(session)
    except Refusal:
        return False
    return True


def _effects(session: Session, new: rules.Terms) -> tuple[Effect, ...]:
    """The present month of every lot that has sent anything, before and after."""
    found = []
    now = month_of(today(session))
    lots = session.execute(sa.select(Claim.lot_id).where(Claim.status.in_(feed.GONE_OUT)).distinct()).scalars().all()
    names: dict[UUID, str] = programme.lot_names(session)
    for lot in sorted(lots, key=lambda each: names.get(each, "")):
        last = shown.last_sent(session, lot)
        month = max(now, last.month + 1) if last else now
        before, after = shown.fresh(session, lot, month).figures, shown.fresh(session, lot, month, new).figures
        if before.payable_pence != after.payable_pence:
            corrections = sum(line.amount_pence for line in after.lines if line.taken_pence)
            found.append(Effect(names.get(lot, ""), month_text(month), before.payable_pence, after.payable_pence, corrections))
    return tuple(found)


def text_of_terms(file: Path) -> str:
    """What stands in a file of terms. Trouble where it cannot be read, Refusal where it is no text."""
    try:
        return file.read_text("utf-8")
    except OSError as problem:
        raise Trouble(f"{file.name} could not be read: {problem.strerror}.", "Check the name; nothing was changed.") from None
    except UnicodeDecodeError:
        raise Refusal(f"{file.name} is not a text file in UTF-8.", "Save it as UTF-8; nothing was changed.") from None


def write_terms(session: Session, file: Path, *, is_new: bool = True) -> None:
    """Writes the terms that stand in the store into a file; into one that is there only where somebody agreed (is_new: not)."""
    text = terms_file(session)
    try:
        with file.open("x" if is_new else "w", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise Refusal(f"{file.name} is there already.", "Give another name; nothing was written.") from None
    except OSError as problem:
        raise Trouble(f"{file.name} could not be written: {problem.strerror}.", "Choose another folder.") from None


def terms_file(session: Session) -> str:
    """The terms that stand in the store as the readable file that can be changed and brought in again."""
    return programme_rules.terms_text(programme.contract(session).contract, _standing(session))
