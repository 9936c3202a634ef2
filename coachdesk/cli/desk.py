"""Commands on an open store. Each takes the parsed options, the store and the answer to fill."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import UUID

from coachdesk.cli import catalogue
from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import owner
from coachdesk.clock import month_words


def list(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """Rows of any room."""
    with store.read() as session:
        answer.give(catalogue.rows(session, options.room, options.lot, options.where, options.limit))


def add(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """Makes one; answers its id."""
    done = store.act(owner(store), f"Add {options.room}", lambda session: catalogue.added(session, options.room, options.fields))
    _warned(done, answer)
    answer.give({"id": done.result}, str(done.result))


def do(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """Any action of a room, by its name on the button."""
    done = store.act(
        owner(store),
        f"{options.verb} {options.room}",
        lambda session: catalogue.done(session, options.room, options.verb, options.id, options.fields),
    )
    _warned(done, answer)
    answer.give({"done": options.verb, "result": done.result}, f"Done: {options.verb}." if done.result is None else str(done.result))


def _warned(done: Any, answer: Answer) -> None:
    for sentence in done.warnings:
        answer.note(sentence)


def search(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """People, who was met, partners, their places, people and services, and sessions; first what is written so, then what is similar."""
    from coachdesk.casework import queries

    with store.read() as session:
        hits = queries.search(session, " ".join(options.words))
    lines = []
    for hit in hits:
        told = [hit.title, hit.detail, f"also {hit.also}" if hit.also else "", "similar" if hit.is_alike else ""]
        lines += [" · ".join(part for part in told if part), f"    {hit.kind} {hit.id}"]
    answer.give(hits, "\n".join(lines) or "none")


def signoff(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """A coach's word that a month's activity is complete, in one lot or in all lots they serve."""
    from coachdesk.activity import actions
    from coachdesk.programme import queries

    def sign(session: Any) -> Any:
        lots = [queries.lot_id(session, options.lot)] if options.lot is not None else [*queries.lot_names(session)]
        return [actions.sign_off(session, lot=lot, month=options.month) for lot in lots]

    done = store.act(owner(store), f"Sign off {month_words(options.month)}", sign)
    answer.give({"signed": done.result}, f"Signed off {month_words(options.month)}.")


def report(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """A printed document as PDF; of a referral also an e-mail draft or a calendar file."""
    from coachdesk.cli import letters
    from coachdesk.documents import person_reports, reports
    from coachdesk.programme import queries

    if options.name in letters.LETTERS:
        letters.write(options, store, answer)
        return
    with store.read() as session:
        lot = queries.lot_id(session, options.lot) if options.lot is not None else None
        coach = catalogue.resolved(session, "programme.member", options.coach) if options.coach is not None else None
        chosen = catalogue.resolved(session, "outreach.session", options.session) if options.session is not None else None
        person = catalogue.resolved(session, "participant", options.participant) if options.participant is not None else None
        of_people = person_reports.Chosen(lot, coach, person, options.kind, options.since, options.until)
        if options.referral is not None:
            chosen = catalogue.resolved(session, "referral", options.referral)
        if options.appointment is not None:
            chosen = catalogue.resolved(session, "activity.appointment", options.appointment)
        if options.partner is not None:
            chosen = catalogue.resolved(session, "partner", options.partner)
        if options.venue is not None:
            chosen = catalogue.resolved(session, "partner.venue", options.venue)
        paper = reports.write(
            session, options.name, options.out, reports.printed_by(store), lot=lot, coach=coach, month=options.month, chosen=chosen,
            of_people=of_people,
        )
    for warning in paper.warnings:
        answer.note(warning)
    told = {"file": options.out, "pages": paper.pages, "warnings": [*paper.warnings]}
    words = f"{options.out}: {paper.pages} page{'s' if paper.pages != 1 else ''}."
    if options.name == "referral-sheet" and chosen is not None and not options.not_filed:
        told["filed"] = _filed(store, chosen, options.out.read_bytes(), paper.pages)
        words += " Filed on the referral as it went out."
    answer.give(told, words)


def _filed(store: Any, referral: UUID, content: bytes, pages: int) -> Any:
    """A sheet that was written goes out, so it is kept on its referral, as when it is printed or saved in the window."""
    from coachdesk.referral import actions

    return store.act(owner(store), "File a referral sheet", lambda session: actions.file_sheet(session, referral, content, pages)).result


def undo(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """Takes back the owner's last action."""
    from coachdesk.store.undo import undo_last

    reason, _ = undo_last(store, owner(store))
    answer.give({"undone": reason}, f"Undone: {reason}.")


def audit(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """Who changed what, when and why; of one record with ROOM ID."""
    from coachdesk.casework import queries

    with store.read() as session:
        record = catalogue.resolved(session, options.room, options.id) if options.room is not None and options.id is not None else None
        room = catalogue.room_of(options.room) if options.room is not None else None
        answer.give(queries.audit(session, record=record, room=room, limit=options.limit))


def backup(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """One checked, encrypted file."""
    from coachdesk.store import backup as keeping

    size = keeping.write_backup(store.path, store.key, options.file)
    answer.give(
        {"file": options.file, "bytes": size}, f"{options.file}: {size:,} bytes, checked. The store's passphrase or recovery code opens it."
    )


def check(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """Integrity, replay of the log, digest."""
    from coachdesk.store import backup as keeping

    found = keeping.check(store.engine, store.blobs)
    if not found.is_sound:
        answer.exit_code = 3
    same = "the log replays to the same digest" if found.digest == found.replay_digest else "THE LOG DOES NOT REPLAY TO THE SAME STATE"
    answer.give(
        {"integrity": found.integrity, "ops": found.ops, "digest": found.digest, "replay_digest": found.replay_digest},
        f"Integrity {found.integrity}; {found.ops:,} logged changes; {same} ({found.digest[:16]}…).",
    )
