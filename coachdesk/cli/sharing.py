"""`coachdesk sync`: one turn over the shared place, how safe the work is, and what has to be chosen."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import UUID

from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import owner
from coachdesk.errors import Refusal


def sync(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """One sync turn, or one of the deeds beside it."""
    {None: _turn, "status": _status, "conflicts": _conflicts, "choose": _choose, "keep": _keep, "delete": _delete,
     "put-away": _put_away}[options.deed](options, store, answer)


def _turn(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import joining, places, sentences, turn

    carrier = places.carrier_at(options.place) if options.place is not None else places.carrier_of(store)
    report = turn.turn(store, carrier)
    for sentence in report.warnings:
        answer.note(sentence)
    told = {name: getattr(report, name) for name in ("state", "sent", "received", "conflicts", "parked", "waiting", "newer", "healed",
                                                     "files_in", "files_out", "missing_files", "warnings")}
    words = sentences.of_turn(report)
    if report.state == turn.JOINING:
        told["words"] = joining.words(store)
        words = f"{words}\nRead these six words to the lead: {told['words']}"
    if report.state == turn.OUT:
        answer.exit_code = 1
    answer.give(told, words)


def _status(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import begun, desk, places, sentences, standing

    found, tray, seen, where = standing.standing(store), places.tray(store), standing.seen(store), begun.where(store)
    with store.read() as session:
        conflicts = desk.count(session)
    waits, is_out = (where.words, where.is_out) if where is not None else ("", False)
    state = standing.HERE if waits or is_out else found.state           # what nobody can read is not safe with anybody
    words = ["Saved here. This laptop waits to be let in." if waits else "Saved here. This laptop was cut off from the team." if is_out
             else sentences.of_standing(found, store.clock.now())]
    words += [f"{one.name}: {one.sentence}." for one in seen]
    words += [f"To choose: {conflicts}. See `coachdesk sync conflicts`."] if conflicts else []
    words += [f"In the tray: {one.name}: {one.why}" for one in tray]
    words += [f"Read these six words to the lead: {waits}"] if waits else []
    laptops = [{"device": one.device, "name": one.name, "last_seen": one.last_seen, "missing": one.missing} for one in seen]
    answer.give({"state": state, "place": places.usual(store) or None, "words": waits or None, "is_out": is_out,
                 "only_here": found.only_here, "not_safe": found.not_safe, "since": found.since, "is_red": found.is_red,
                 "last_turn": found.last_turn, "conflicts": conflicts, "parked": len(tray), "tray": tray, "laptops": laptops},
                "\n".join(words))


def _conflicts(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import desk

    with store.read() as session:
        found = desk.choices(session)
    rows, lines = [], []
    for one in found:
        voices = [{"n": n, "value": voice.value, "who": voice.who, "at": voice.at, "reason": voice.reason, "stands": voice.stands}
                  for n, voice in enumerate(one.voices, 1)]
        rows.append({"id": one.id, "what": one.what, "record": one.entity, "kind": one.kind, "title": one.title, "field": one.field or None,
                     "says": one.label or None, "voices": voices})
        lines += [f"{one.kind} “{one.title}”: {one.matter}", f"    {one.id} {one.field}".rstrip()]
        lines += [f"    {n}. {voice.value or 'deleted'} — {voice.said}{', stands now' if voice.stands else ''}"
                  for n, voice in enumerate(one.voices, 1)]
    answer.give(rows, "\n".join(lines) or "Nothing has to be chosen.")


def _found(store: Any, id: str, what: str, field: str = "") -> Any:
    from coachdesk.sync import desk

    try:
        wanted = UUID(id)
    except ValueError:
        raise Refusal(f"“{id}” is not an id.", "Take it from `coachdesk sync conflicts`.") from None
    with store.read() as session:
        found = [one for one in desk.choices(session, 10_000) if one.id == wanted and one.what == what]
    fits = [one for one in found if not field or field.casefold() in (one.field, one.label.casefold())]
    if not fits:
        fields = ", ".join(one.field for one in found)
        raise Refusal("That does not have to be chosen (any more).",
                      f"Fields to choose in this record: {fields}." if fields else "See `coachdesk sync conflicts`. Nothing was changed.")
    return fits[0]


def _choose(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import desk

    one = _found(store, options.id, desk.VALUES, options.field)
    if (options.take is None) == (options.value is None):
        raise Refusal("Say which: --take NUMBER of the list, or --value another one.", "Nothing was changed.")
    if options.take is not None:
        if not 1 <= options.take <= len(one.voices):
            raise Refusal(f"There are {len(one.voices)} values to take from.", "See `coachdesk sync conflicts`. Nothing was changed.")
        stamp = one.voices[options.take - 1].stamp
        store.act(owner(store), "Choose between two values", lambda session: desk.choose(session, one.entity, one.id, one.field, stamp))
        said = one.voices[options.take - 1].value
    else:
        value = desk.read_value(one.typed, options.value, one.unit)
        store.act(owner(store), "Write another value", lambda session: desk.write(session, one.entity, one.id, one.field, value))
        said = options.value
    answer.give({"chosen": one.field, "id": one.id, "value": said}, f"{one.label} of {one.title} is {said} now.")


def _keep(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import desk

    one = _found(store, options.id, desk.KEPT)
    store.act(owner(store), "Keep a deleted record", lambda session: desk.keep(session, one.entity, one.id))
    answer.give({"kept": one.id}, f"{one.title} stays.")


def _delete(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import desk

    one = _found(store, options.id, desk.KEPT)
    store.act(owner(store), "Delete a record after all", lambda session: desk.delete(session, one.entity, one.id))
    answer.give({"deleted": one.id}, f"{one.title} is deleted.")


def _put_away(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import desk

    one = _found(store, options.id, desk.NOTE)
    store.act(owner(store), "Put a note away", lambda session: desk.put_away(session, one.id))
    answer.give({"put_away": one.id}, "The note is put away.")
