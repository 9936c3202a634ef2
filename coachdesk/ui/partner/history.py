"""What an organisation's Upkeep view reads in one go: its clock, who holds it, and one history of it all, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.partner import queries as partners
from coachdesk.partner.queries import ContactRow, IntroductionRow, TouchRow
from coachdesk.partner.rules import cadence_words
from coachdesk.programme import queries as programme
from coachdesk.programme.rules import Network, TrustScale
from coachdesk.referral import queries as referrals
from coachdesk.referral.queries import KeyPersonRow, RealContact, RelationshipRow, TrustStep, UpkeepRow
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.stepped import Step

TOUCH, TRUST, INTRODUCTION = "partner.touch", "partner.trust", "partner.introduction"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history. kind and id: what opens; who: names at the organisation; row: what stands behind it."""

    id: UUID
    kind: str
    on_day: date | None
    what: str
    who: str
    coach: str
    row: Any
    remark: str = ""


@dataclass(frozen=True, slots=True)
class UpkeepSheet:
    """Everything that the view shows of one organisation."""

    row: UpkeepRow
    own_cadence: int | None
    key_people: tuple[KeyPersonRow, ...]
    holding: RelationshipRow
    lines: tuple[HistoryLine, ...]
    contacts: tuple[ContactRow, ...]
    members: tuple[tuple[UUID, str], ...]
    touches: dict[UUID, TouchRow]
    network: Network


def read_upkeep(session: Any, partner: UUID, day: date) -> UpkeepSheet | None:
    """One read of the store; None when the organisation is gone."""
    rows = referrals.upkeep(session, partner=partner)
    if not rows:
        return None
    (here,) = partners.partners(session, ids=[partner])
    (holding,) = referrals.relationships(session, partner=partner)
    touches = {each.id: each for each in partners.touches(session, partner=partner)}
    made = [_contact_line(each, touches) for each in referrals.real_contacts(session, partner=partner) if each.kind != INTRODUCTION]
    said = [_trust_line(each) for each in referrals.trust_history(session, partner)]
    doors = [_door_line(each) for each in partners.introductions(session, partner=partner)]
    lines = sorted([*doors, *said, *made], key=lambda line: line.on_day or date.max, reverse=True)
    return UpkeepSheet(
        rows[0], here.cadence_days, tuple(referrals.key_people(session, partner=partner)), holding, tuple(lines),
        tuple(partners.contacts(session, partner=partner)), members_of(session, day),
        touches, programme.network(session),
    )


def members_of(session: Any, day: date) -> tuple[tuple[UUID, str], ...]:
    """Who is on the team on a day."""
    return tuple((row.id, row.name) for row in programme.members(session) if row.to_day is None or row.to_day >= day)


def with_member(members: Sequence[tuple[UUID, str]], id: UUID | None, name: str) -> list[tuple[UUID, str]]:
    """The team, and whoever stands there although they have left it, so that saving does not take them out."""
    return [*members, *([(id, name)] if id is not None and id not in dict(members) else [])]


def facts_of(sheet: UpkeepSheet) -> list[tuple[str, str]]:
    """The clock and what stands beside it, as pairs; names hidden in public."""
    row, holding = sheet.row, sheet.holding
    last = f"{row.last}{_with(row.last_with)}"
    own, scale = cadence_words(sheet.own_cadence, sheet.network.cadence_days), sheet.network.trust
    pairs = [("Clock", row.state), ("Last real contact", last), ("Tended by", f"{row.tended_by or 'nobody'}, {own}"),
             ("Trust", f"{row.trust_words}{_step_words(scale, row.trust)}" if row.trust else "nobody has said"),
             ("Held by", f"{', '.join(map(shown_name, holding.holders)) or 'nobody who is named'}")]
    if holding.rests_on or holding.is_cold:
        pairs.append(("Stands", holding.stands))
    if holding.is_cold:
        pairs.append(("Warm path", path_words(holding)))
    return pairs + [("Key person", f"{shown_name(each.name)}: {each.state}; last: {each.last}") for each in sheet.key_people]


def _step_words(scale: TrustScale, stage: str) -> str:
    at = scale.level(stage)
    return f" (step {at} of {len(scale.steps)})" if at else " (not on the scale of today)"


def steps_of(sheet: UpkeepSheet) -> list[Step]:
    """Trust from step to step, the earliest first; of several words on one day the last one."""
    found: dict[date, Step] = {}
    for line in sheet.lines:
        if line.kind == TRUST and line.on_day is not None and line.on_day not in found:      # the latest first
            found[line.on_day] = Step(line.on_day, sheet.network.trust.level(line.row.row.stage), line.row.row.stage)
    return [found[day] for day in sorted(found)]


def path_words(row: RelationshipRow) -> str:
    """`ask Yusuf Rahman → Ann Lee → Library`; people's names hidden in public."""
    if not row.is_cold:
        return ""
    if not row.path:
        return "nobody whom we know well leads there"
    return " → ".join([*map(shown_name, row.path[:-1]), row.path[-1]])


def told_of(line: HistoryLine | None) -> str:
    """A line whole: remarks, who said it, what came before it."""
    if line is None:
        return ""
    row, by = line.row, f" {line.coach}." if line.coach else ""
    if line.kind == TRUST:
        step: TrustStep = row
        said = f"Said by {shown_name(step.row.said_by)}. " if step.row.said_by else ""
        remark = f"{_sentence(step.row.remark)} " if step.row.remark else ""
        before = "; ".join(each.words for each in step.preceded[:4])
        more = f"; and {len(step.preceded) - 4} more" if step.preceded[4:] else ""
        own = f" {step.row.preceded_by};" if step.row.preceded_by else ""
        return f"{remark}{said}Came before it, within 60 days:{own} {before + more if before else 'no real contact'}. Written by{by}"
    if line.kind == INTRODUCTION:
        door: IntroductionRow = row
        told = f" Told by {shown_name(door.told_by)}." if door.told_by else ""
        return f"{_sentence(door.remark)}{told} Written by{by}".strip()
    return f"{_sentence(line.remark)}{by}".strip()


def _sentence(text: str | None) -> str:
    """A remark with its full stop."""
    said = (text or "").strip()
    return said if not said or said[-1] in ".!?" else f"{said}."


def _with(names: tuple[str, ...]) -> str:
    return f", with {', '.join(map(shown_name, names))}" if names else ""


def _contact_line(row: RealContact, touches: dict[UUID, TouchRow]) -> HistoryLine:
    remark = touches[row.id].remark if row.id in touches else None
    return HistoryLine(row.id, row.kind, row.on_day, row.what, ", ".join(row.people), row.coach, row, remark or "")


def _trust_line(step: TrustStep) -> HistoryLine:
    row = step.row
    how = "" if row.direction == "first word" else f" ({row.direction})"
    return HistoryLine(row.id, TRUST, row.on_day, f"trust: {row.stage}{how}", row.said_by or "", row.written_by, step)


def _door_line(row: IntroductionRow) -> HistoryLine:
    what = "introduced us" if row.on_day else "could introduce us"
    return HistoryLine(row.id, INTRODUCTION, row.on_day, what, f"{row.by}{f' to {row.contact}' if row.contact else ''}", row.written_by,
                       row)
