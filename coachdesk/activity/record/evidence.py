"""Proofs of what was done: how each was obtained, what it proves, who looked at it; the bytes stand in store.blobs."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import Kept, column


class Evidence(Kept):
    """One proof: a kept file, or what was seen and not kept. Of a job, of one piece of help, or of the person."""

    __tablename__ = "activity_evidence"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="whose proof it is")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="who obtained it")
    job_id: Mapped[uuid.UUID | None] = column(to="activity_job", says="of which job")
    intervention_id: Mapped[uuid.UUID | None] = column(to="activity_intervention", says="of which piece of help")
    proves: Mapped[str] = column(says="what it proves")
    obtained_on: Mapped[date] = column(index=True, says="obtained on")
    how: Mapped[str] = column(says="how it was obtained")
    dated: Mapped[date | None] = column(says="the day that stands on it")
    wording: Mapped[str | None] = column(personal=True, says="the words on it, where a rule asks for a phrase")
    note: Mapped[str | None] = column(personal=True, says="note")
    file_name: Mapped[str | None] = column(personal=True, says="name of the file, as it came")
    media: Mapped[str | None] = column(says="PDF, JPEG or PNG")
    size: Mapped[int | None] = column(unit="bytes", says="size of the file")
    blob: Mapped[str | None] = column(file=True, says="how the store knows the file")
    digest: Mapped[str | None] = column(personal=True, says="SHA-256 of what is in the file")
    verified_by: Mapped[uuid.UUID | None] = column(to="programme_member", says="who verified it")
    verified_on: Mapped[date | None] = column(says="verified on")
    refused_on: Mapped[date | None] = column(says="found not good enough on")
    refused_why: Mapped[str | None] = column(says="why it is not good enough")
    changed_why: Mapped[str | None] = column(says="reason for a change or removal")
