"""Who holds a session: joint hosts, and who covers for the coach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.outreach.record import Host
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner.actions import held
from coachdesk.partner.record import Partner
from coachdesk.partner.rules import folded
from coachdesk.programme.record import TeamMember
from coachdesk.store.doors import Ref

Hosts = Annotated[list[str] | None, "all joint hosts, by name or id, the first one first"]
MOST_HOSTS = 12


def set_hosts(session: Session, id: UUID, *,
              hosts: Annotated[list[str] | None, "all joint hosts, by name or id; none clears them"] = None) -> None:
    """Says who holds a session together with us. Refusal for an organisation that is not known, or too many."""
    put_hosts(session, held(session, OutreachSession, id, "session"), hosts or [])


def set_cover(session: Session, id: UUID, *,
              covered_by: Annotated[UUID | None, Ref("programme.member", "who covers for the coach; nobody when not said")] = None) -> None:
    """Says who covers a session for its coach. The coach themself covers nothing: that is the same as nobody."""
    put_cover(session, held(session, OutreachSession, id, "session"), covered_by)


def put_hosts(session: Session, met: OutreachSession, hosts: Sequence[str]) -> None:
    """The hosts of a session: the first in its own column, the further ones a row each. Rows that stay are not touched."""
    wanted = list(dict.fromkeys(partner_of(session, word) for word in hosts if str(word).strip()))
    if len(wanted) > MOST_HOSTS:
        raise Refusal(f"A session has at most {MOST_HOSTS} joint hosts.", "Name the most important ones; nothing was changed.")
    if met.joint_partner_id != (wanted[0] if wanted else None):
        met.joint_partner_id = wanted[0] if wanted else None
    with session.no_autoflush:
        rows = list(session.scalars(sa.select(Host).where(Host.session_id == met.id).order_by(Host.id)))
    stay = {row.partner_id for row in rows}
    for row in rows:
        if row.partner_id not in wanted[1:]:
            session.delete(row)
    for partner in wanted[1:]:
        if partner not in stay:
            session.add(Host(session_id=met.id, partner_id=partner))


def put_cover(session: Session, met: OutreachSession, member: UUID | None) -> None:
    """Who covers; nobody when it is the coach. Refusal for somebody who is not of the team."""
    covers = held(session, TeamMember, member, "member of the team").id if member is not None else None
    met.covered_by_id = None if covers == met.coach_id else covers


def hosts_of(session: Session, met: OutreachSession) -> list[str]:
    """The hosts of a session as put_hosts takes them."""
    further = session.scalars(sa.select(Host.partner_id).where(Host.session_id == met.id).order_by(Host.id))
    return [str(id) for id in ([met.joint_partner_id] if met.joint_partner_id else []) + list(further)]


def partner_of(session: Session, word: str) -> UUID:
    """An organisation by its id or its whole name. Refusal when none or several are called so."""
    try:
        return held(session, Partner, UUID(str(word)), "organisation").id
    except ValueError:
        pass
    called = folded(word)
    with session.no_autoflush:
        found = [known for known, name in session.execute(sa.select(Partner.id, Partner.name)) if folded(name) == called]
    if len(found) != 1:
        raise Refusal(f"{'No organisation is' if not found else 'Several organisations are'} called “{' '.join(word.split())[:60]}”.",
                      "Add it on the Partners page first, or choose it by its id. Nothing was changed.")
    return found[0]
