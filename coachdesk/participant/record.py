"""What the participant room keeps. Everything that could name a person is sealed under the person's own small key."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import NOTE, SET, Kept, column


class Participant(Kept):
    """A person on the programme, with the baseline taken at registration."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_reference", "reference"),)
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
    language: Mapped[str | None] = column(personal=True, says="first language")
    needs_interpreter: Mapped[bool | None] = column(says="needs an interpreter")
    access_needs: Mapped[str | None] = column(personal=True, says="access needs")
    lone_working_note: Mapped[str | None] = column(personal=True, says="what a colleague must know before meeting them alone")
    device: Mapped[str | None] = column(says="device for the internet")
    data: Mapped[str | None] = column(says="internet at home or on the telephone")
    digital_skills: Mapped[str | None] = column(says="digital skills")


class Spell(Kept):
    """One time on the programme, with the baseline taken at its start. A person who comes back has another."""

    __tablename__ = "participant_spell"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    started_on: Mapped[date] = column(says="started on")
    ended_on: Mapped[date | None] = column(says="ended on")
    end_reason: Mapped[str | None] = column(says="why it ended")
    weeks_out_of_work: Mapped[int | None] = column(unit="weeks", says="weeks out of work at the start (0: in work)")
    benefit: Mapped[str | None] = column(says="benefit at the start")
    hours_a_week: Mapped[int | None] = column(unit="hours", says="hours a week at the start")
    pay_pence_an_hour: Mapped[int | None] = column(unit="pence", says="pay an hour at the start")
    contract: Mapped[str | None] = column(says="kind of contract at the start")
    employer: Mapped[str | None] = column(personal=True, says="employer at the start")
    job_title: Mapped[str | None] = column(says="job title at the start")
    qualifications: Mapped[str | None] = column(says="highest qualification")
    barriers: Mapped[list[str]] = column(SET, personal=True, fresh=list, says="what stands in the way")
    note: Mapped[str | None] = column(personal=True, says="note on the start")


class Pause(Kept):
    """A time in which somebody stays on the programme but nothing is expected of them."""

    __tablename__ = "participant_pause"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    from_day: Mapped[date] = column(says="paused from")
    expected_back_on: Mapped[date | None] = column(says="expected back on")
    to_day: Mapped[date | None] = column(says="last day of the pause")
    reason: Mapped[str] = column(personal=True, says="why")


class Benefit(Kept):
    """A benefit and its conditionality from a day on: dated history, as the regime changes with work and health."""

    __tablename__ = "participant_benefit"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    from_day: Mapped[date] = column(says="from")
    benefit: Mapped[str] = column(says="benefit")
    conditionality: Mapped[str | None] = column(says="what is asked of them, as the work coach says it")
    note: Mapped[str | None] = column(personal=True, says="note")


class Assignment(Kept):
    """Whose caseload somebody was on from a day on. The latest row is the coach of today."""

    __tablename__ = "participant_assignment"
    participant_id: Mapped[uuid.UUID] = column(NOTE, to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(NOTE, to="programme_member", says="coach")
    from_day: Mapped[date] = column(NOTE, says="from")
    reason: Mapped[str | None] = column(NOTE, says="why it changed")
    written_by: Mapped[uuid.UUID] = column(NOTE, to="programme_member", says="who wrote it")
    written_at: Mapped[datetime] = column(NOTE, says="when it was written")


class Equality(Kept):
    """Answers to the equality questions: asked apart, all voluntary. Null is not asked; declining is an answer."""

    __tablename__ = "participant_equality"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    asked_on: Mapped[date] = column(says="asked on")
    ethnic_group: Mapped[str | None] = column(personal=True, says="ethnic group (2021 Census)")
    ethnic_detail: Mapped[str | None] = column(personal=True, says="ethnic group in their own words")
    sex: Mapped[str | None] = column(personal=True, says="sex")
    gender: Mapped[str | None] = column(personal=True, says="gender the same as the sex registered at birth")
    disability: Mapped[str | None] = column(personal=True, says="day-to-day activities limited by a long-lasting condition")
    religion: Mapped[str | None] = column(personal=True, says="religion")
    orientation: Mapped[str | None] = column(personal=True, says="sexual orientation")
    caring: Mapped[str | None] = column(personal=True, says="unpaid care")


class Sensitive(Kept):
    """A special-category fact (UK GDPR Article 9), kept apart from the record, with why it may be kept."""

    __tablename__ = "participant_sensitive"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    category: Mapped[str] = column(personal=True, says="what it is about")
    detail: Mapped[str] = column(personal=True, says="what was said")
    basis: Mapped[str] = column(says="why it may be kept")
    told_on: Mapped[date] = column(says="told on")
    told_to: Mapped[uuid.UUID] = column(to="programme_member", says="told to")


class Offence(Kept):
    """Criminal-offence data (UK GDPR Article 10), kept apart from everything else."""

    __tablename__ = "participant_offence"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    detail: Mapped[str] = column(personal=True, says="what was said")
    is_unspent: Mapped[bool | None] = column(personal=True, says="unspent")
    restrictions: Mapped[str | None] = column(personal=True, says="restrictions on work or place")
    basis: Mapped[str] = column(says="why it may be kept")
    told_on: Mapped[date] = column(says="told on")
    told_to: Mapped[uuid.UUID] = column(to="programme_member", says="told to")


class Look(Kept):
    """Somebody opened what is kept apart: who, when and why."""

    __tablename__ = "participant_look"
    participant_id: Mapped[uuid.UUID] = column(NOTE, to="participant", says="participant")
    what: Mapped[str] = column(NOTE, says="what was opened: sensitive, offence or equality")
    why: Mapped[str] = column(NOTE, says="why")
    looked_by: Mapped[uuid.UUID] = column(NOTE, to="programme_member", says="who")
    looked_at: Mapped[datetime] = column(NOTE, says="when")


class SameAs(Kept):
    """Two records are one person. Both stay; the lower id leads. Taking the row away parts them again (SYNC section 3, same_as)."""

    __tablename__ = "participant_same_as"
    __sealed_by__ = "one_id"
    one_id: Mapped[uuid.UUID] = column(to="participant", says="one record")
    other_id: Mapped[uuid.UUID] = column(to="participant", says="the other record")
    reason: Mapped[str | None] = column(says="how it is known")
    joined_on: Mapped[date] = column(says="joined on")
    joined_by: Mapped[uuid.UUID] = column(to="programme_member", says="who joined them")
    taken: Mapped[str | None] = column(personal=True, says="what the leading record took over, and what stood there before")


class NotSame(Kept):
    """Two records that look alike are two people: do not suggest them again."""

    __tablename__ = "participant_not_same"
    one_id: Mapped[uuid.UUID] = column(to="participant", says="one record")
    other_id: Mapped[uuid.UUID] = column(to="participant", says="the other record")
    reason: Mapped[str | None] = column(says="how it is known")
    said_on: Mapped[date] = column(says="said on")


class EditionReview(Kept):
    """What the lead decided where a newer postcode edition would say otherwise: keep the verdict, or decide again."""

    __tablename__ = "participant_edition_review"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(NOTE, to="participant", says="participant")
    edition: Mapped[str] = column(NOTE, says="edition")
    stood: Mapped[str] = column(NOTE, says="verdict that stood")
    would_be: Mapped[str] = column(NOTE, says="verdict by that edition")
    decision: Mapped[str] = column(NOTE, says="kept or changed")
    reason: Mapped[str] = column(NOTE, personal=True, says="why")
    decided_on: Mapped[date] = column(NOTE, says="decided on")
    decided_by: Mapped[uuid.UUID] = column(NOTE, to="programme_member", says="who decided")


class MetAt(Kept):
    """The link from a participant to the outreach contact that brought them."""

    __tablename__ = "participant_met_at"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    contact_id: Mapped[uuid.UUID] = column(to="outreach_contact", says="outreach contact")


class Verdict(Kept):
    """Whether the person belongs to the lot, as it was decided on a day. Never changed, never recomputed in place."""

    __tablename__ = "participant_verdict"
    __table_args__ = (Index("ix_participant_verdict_latest", "participant_id", "decided_at", "id", "verdict"),)
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
    __table_args__ = (Index("ix_participant_follow_up_open", "done_on", "due_on"),)
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    due_on: Mapped[date] = column(says="due on")
    what: Mapped[str] = column(personal=True, says="what to do")
    done_on: Mapped[date | None] = column(says="done on")
