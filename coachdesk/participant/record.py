"""What the participant room keeps. Everything that could name a person is sealed under the person's own small key."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import NOTE, Kept, column


class Participant(Kept):
    """A person on the programme, with the baseline taken at registration."""

    __tablename__ = "participant"
    __sealed_by__ = "seal_id"
    seal_id: Mapped[uuid.UUID] = column(says="which small key protects this person")
    reference: Mapped[str] = column(indexed=True, says="short reference for paper")
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    registered_on: Mapped[date] = column(says="registered on")
    name: Mapped[str] = column(personal=True, indexed=True, says="full name")
    born_on: Mapped[date | None] = column(personal=True, says="date of birth")
    ni_number: Mapped[str | None] = column(personal=True, says="National Insurance number")
    is_sample: Mapped[bool] = column(fresh=lambda: False, says="sample person (QQ numbers allowed)")
    postcode: Mapped[str | None] = column(personal=True, says="postcode")
    situation: Mapped[str] = column(fresh=lambda: "address", says="address, no fixed abode or refuge")
    phone: Mapped[str | None] = column(personal=True, indexed=True, says="telephone")
    email: Mapped[str | None] = column(personal=True, says="e-mail")
    preferred_contact: Mapped[str | None] = column(says="how they like to be reached")
    is_safe_to_call: Mapped[bool | None] = column(says="safe to call")
    is_safe_to_leave_message: Mapped[bool | None] = column(says="safe to leave a message")
    heard_through: Mapped[str | None] = column(says="how they heard of us")
    weeks_out_of_work: Mapped[int | None] = column(unit="weeks", says="weeks out of work at the start (0: in work)")
    benefit: Mapped[str | None] = column(says="benefit at the start")
    hours_a_week: Mapped[int | None] = column(unit="hours", says="hours a week at the start")
    pay_pence_an_hour: Mapped[int | None] = column(unit="pence", says="pay an hour at the start")
    note: Mapped[str | None] = column(personal=True, says="note")


class MetAt(Kept):
    """The link from a participant to the outreach contact that brought them."""

    __tablename__ = "participant_met_at"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    contact_id: Mapped[uuid.UUID] = column(to="outreach_contact", says="outreach contact")


class Verdict(Kept):
    """Whether the person belongs to the lot, as it was decided on a day. Never changed, never recomputed in place."""

    __tablename__ = "participant_verdict"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(NOTE, to="participant", says="participant")
    lot_id: Mapped[uuid.UUID] = column(NOTE, to="programme_lot", says="lot")
    verdict: Mapped[str] = column(NOTE, says="verdict")
    postcode: Mapped[str | None] = column(NOTE, personal=True, says="postcode")
    ward_code: Mapped[str | None] = column(NOTE, says="ward code")
    ward_name: Mapped[str | None] = column(NOTE, says="ward")
    edition: Mapped[str | None] = column(NOTE, says="edition")
    method: Mapped[str] = column(NOTE, says="how it was decided")
    decided_on: Mapped[date] = column(NOTE, says="decided on")
    decided_at: Mapped[datetime] = column(NOTE, says="when it was written")
    decided_by: Mapped[uuid.UUID] = column(NOTE, to="programme_member", says="who decided")
    reason: Mapped[str | None] = column(NOTE, personal=True, says="reason for a connection or a decision by hand")
    sentence: Mapped[str] = column(NOTE, personal=True, says="the sentence that was shown")


class Notice(Kept):
    """A privacy notice that was given."""

    __tablename__ = "participant_notice"
    participant_id: Mapped[uuid.UUID] = column(NOTE, to="participant", says="participant")
    version: Mapped[str] = column(NOTE, says="version of the notice")
    given_on: Mapped[date] = column(NOTE, says="given on")
    how: Mapped[str] = column(NOTE, says="how: paper, read aloud, e-mail")
    language: Mapped[str] = column(NOTE, fresh=lambda: "English", says="language")


class Consent(Kept):
    """A consent given, refused or withdrawn; the latest counts, a withdrawal wins."""

    __tablename__ = "participant_consent"
    participant_id: Mapped[uuid.UUID] = column(NOTE, to="participant", says="participant")
    matter: Mapped[str] = column(NOTE, says="to what: referral to partners, contact with an employer")
    answer: Mapped[str] = column(NOTE, says="given, refused or withdrawn")
    said_on: Mapped[date] = column(NOTE, says="said on")
    how: Mapped[str] = column(NOTE, says="how: signed, spoken, e-mail")


class FollowUp(Kept):
    """Something to do about a person by a day."""

    __tablename__ = "participant_follow_up"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    due_on: Mapped[date] = column(says="due on")
    what: Mapped[str] = column(personal=True, says="what to do")
    done_on: Mapped[date | None] = column(says="done on")
