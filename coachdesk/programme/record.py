"""What the programme room keeps. Rules and reading of templates are in `rules`."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import SET, Kept, column


class Contract(Kept):
    """The programme itself: one row. The space cannot be made without controller, processor and retention."""

    __tablename__ = "programme_contract"
    name: Mapped[str] = column(says="name of the programme")
    contract: Mapped[str] = column(says="name of the contract")
    controller: Mapped[str] = column(says="who decides about the data (UK GDPR)")
    processor: Mapped[str] = column(says="who works with it for them")
    retention_years: Mapped[int] = column(unit="years", says="how long records are kept")
    starts_on: Mapped[date] = column(says="first day")
    ends_on: Mapped[date | None] = column(says="last day")
    connections: Mapped[list[str]] = column(SET, fresh=list, says="accepted reasons for a connection to a ward")
    cadence_days: Mapped[int | None] = column(unit="days", says="as a rule at most so long from one contact with a partner to the next")
    trust_scale: Mapped[dict[str, Any] | None] = column(says="the steps of trust, and which are cold and warm")


class Lot(Kept):
    """A tightly drawn neighbourhood: one electoral ward and what was added by hand."""

    __tablename__ = "programme_lot"
    name: Mapped[str] = column(indexed=True, says="name")
    aliases: Mapped[list[str]] = column(SET, fresh=list, says="other spellings")
    district_code: Mapped[str] = column(says="district code")
    district_name: Mapped[str] = column(says="district")


class WardPair(Kept):
    """A ward code, the edition in which it is looked up, and the days on which the pair is in force."""

    __tablename__ = "programme_pair"
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    ward_code: Mapped[str] = column(says="ward code")
    ward_name: Mapped[str] = column(says="ward")
    edition: Mapped[str] = column(says="edition in which the code is looked up")
    from_day: Mapped[date] = column(says="first day in force")
    to_day: Mapped[date | None] = column(says="last day in force")


class Inclusion(Kept):
    """A postcode that counts although its ward does not, with the reason."""

    __tablename__ = "programme_inclusion"
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    postcode: Mapped[str] = column(says="postcode")
    reason: Mapped[str] = column(says="why it counts")
    from_day: Mapped[date | None] = column(says="first day in force")
    to_day: Mapped[date | None] = column(says="last day in force")


class Body(Kept):
    """An organisation that runs part of the programme."""

    __tablename__ = "programme_body"
    name: Mapped[str] = column(says="name")
    kind: Mapped[str] = column(says="kind of organisation")


class Tenure(Kept):
    """Who led or delivered in a lot, from when to when, with which duties."""

    __tablename__ = "programme_tenure"
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    body_id: Mapped[uuid.UUID] = column(to="programme_body", says="organisation")
    role: Mapped[str] = column(says="lead provider or delivery partner")
    from_day: Mapped[date] = column(says="first day")
    to_day: Mapped[date | None] = column(says="last day")
    duties: Mapped[list[str]] = column(SET, fresh=list, says="what they do")


class TeamMember(Kept):
    """A person who uses the desk, or used it."""

    __tablename__ = "programme_member"
    name: Mapped[str] = column(indexed=True, says="name")
    role: Mapped[str] = column(says="coach, lead, compliance or reader")
    body_id: Mapped[uuid.UUID | None] = column(to="programme_body", says="employer")
    lots: Mapped[list[str]] = column(SET, fresh=list, says="names of the lots they work in")
    from_day: Mapped[date] = column(says="first day")
    to_day: Mapped[date | None] = column(says="last day")
    reach: Mapped[str | None] = column(personal=True, says="how partners reach them: telephone, e-mail")


class Term(Kept):
    """One dated rule of the contract, as the template has it: a milestone or a floor. details is the template's own table, checked."""

    __tablename__ = "programme_term"
    code: Mapped[str] = column(says="short name of the rule")
    kind: Mapped[str] = column(says="start, interventions, job_entry or floor")
    version: Mapped[str] = column(says="version")
    clause: Mapped[str] = column(says="clause of the contract")
    from_day: Mapped[date] = column(says="first day in force")
    to_day: Mapped[date | None] = column(says="last day in force")
    details: Mapped[dict[str, Any]] = column(says="the rule's figures")


class Scale(Kept):
    """A scale by which the contract asks how far people have come, and when it is asked again. details: its questions, in order."""

    __tablename__ = "programme_scale"
    code: Mapped[str] = column(says="short name of the scale")
    title: Mapped[str] = column(says="name")
    low: Mapped[int] = column(says="lowest answer")
    high: Mapped[int] = column(says="highest answer")
    again_after_days: Mapped[int] = column(unit="days", says="asked a second time after")
    from_day: Mapped[date] = column(says="asked from")
    to_day: Mapped[date | None] = column(says="asked until")
    source: Mapped[str | None] = column(says="where the questions come from")
    details: Mapped[dict[str, Any]] = column(fresh=dict, says="the questions")


class WardCount(Kept):
    """How many people of working age live in a ward, as somebody entered it: what saturation is measured against."""

    __tablename__ = "programme_ward_count"
    ward_code: Mapped[str] = column(index=True, says="ward code")
    ward_name: Mapped[str] = column(says="ward")
    residents: Mapped[int] = column(unit="people", says="residents")
    as_of: Mapped[date] = column(says="day that the count speaks of")
    source: Mapped[str] = column(says="where the count comes from")


class Import(Kept):
    """One file that was taken in: one action, which can be undone as one."""

    __tablename__ = "programme_import"
    kind: Mapped[str] = column(says="what came in: participants, contacts, partners")
    file: Mapped[str] = column(says="name of the file")
    taken: Mapped[int] = column(unit="rows", says="rows taken in")
    refused: Mapped[int] = column(unit="rows", says="rows refused")
    came_on: Mapped[date] = column(says="day")
    taken_back_on: Mapped[date | None] = column(says="day on which it was taken back")
