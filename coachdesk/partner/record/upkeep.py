"""How the network is tended: touches, people who open doors and whom they introduced, and what organisations think of us, dated."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import NOTE, Kept, column


class Touch(Kept):
    """One real contact with an organisation, as it was logged: a call, a visit, a letter. Sessions and referrals count without one."""

    __tablename__ = "partner_touch"
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="organisation")
    on_day: Mapped[date] = column(index=True, says="day")
    how: Mapped[str] = column(says="call, visit, meeting, e-mail, letter or event")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="who of us it was")
    remark: Mapped[str | None] = column(personal=True, says="what it was about")


class TouchWith(Kept):
    """A person at the organisation who was part of a touch."""

    __tablename__ = "partner_touch_with"
    touch_id: Mapped[uuid.UUID] = column(to="partner_touch", says="touch")
    contact_id: Mapped[uuid.UUID] = column(to="partner_contact", says="person at the organisation")


class Connector(Kept):
    """Somebody held in regard who opens doors: a councillor, an imam, a head teacher; of no organisation that we know, or of one."""

    __tablename__ = "partner_connector"
    name: Mapped[str] = column(personal=True, indexed=True, says="full name")
    role: Mapped[str] = column(says="what they are: councillor, imam, head teacher")
    partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="organisation that they belong to")
    phone: Mapped[str | None] = column(personal=True, says="telephone")
    email: Mapped[str | None] = column(personal=True, says="e-mail")
    note: Mapped[str | None] = column(personal=True, says="note")
    known_by: Mapped[uuid.UUID | None] = column(to="programme_member", says="who of us knows them well")
    leaves_on: Mapped[date | None] = column(says="leaves, or left, on")


class Introduction(Kept):
    """Who introduced us to whom, or could: a person at an organisation, or a connector, to an organisation or a person at it."""

    __tablename__ = "partner_introduction"
    by_contact_id: Mapped[uuid.UUID | None] = column(to="partner_contact", says="by this person at an organisation")
    by_connector_id: Mapped[uuid.UUID | None] = column(to="partner_connector", says="by this connector")
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="organisation that we were introduced to")
    contact_id: Mapped[uuid.UUID | None] = column(to="partner_contact", says="person at it that we were introduced to")
    on_day: Mapped[date | None] = column(says="day; empty while they only could introduce us")
    told_by: Mapped[str | None] = column(personal=True, says="who told us of it")
    remark: Mapped[str | None] = column(personal=True, says="remark")
    written_by: Mapped[uuid.UUID | None] = column(to="programme_member", says="who wrote it down")


class Trust(Kept):
    """How an organisation takes us from a day on, as somebody said it. The latest day's word counts; none means nobody has said."""

    __tablename__ = "partner_trust"
    partner_id: Mapped[uuid.UUID] = column(NOTE, to="partner", says="organisation")
    stage: Mapped[str] = column(NOTE, says="how it takes us, from “does not know us” to “shares the work”")
    on_day: Mapped[date] = column(NOTE, says="from")
    said_by: Mapped[str | None] = column(NOTE, personal=True, says="who said so")
    remark: Mapped[str | None] = column(NOTE, personal=True, says="remark")
    preceded_by: Mapped[str | None] = column(NOTE, personal=True, says="what came before it, in the coach's words")
    said_at: Mapped[datetime] = column(NOTE, says="when it was written")
    written_by: Mapped[uuid.UUID | None] = column(NOTE, to="programme_member", says="who wrote it")
