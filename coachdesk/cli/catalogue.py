"""The rooms' doors in one list: describe, list, add and do work on any room without knowing it."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import actions as activity_actions
from coachdesk.casework import closing as closings
from coachdesk.casework import dependency as dependencies
from coachdesk.casework import handover, network_rows, progress_rows
from coachdesk.casework import saturation as saturations
from coachdesk.claim import actions as claim_actions
from coachdesk.cli import values as typed
from coachdesk.cli.answer import plain
from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach_actions
from coachdesk.participant import actions as participant_actions
from coachdesk.partner import actions as partner_actions
from coachdesk.programme import actions as programme_actions
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import actions as referral_actions
from coachdesk.referral import queries as referral_queries
from coachdesk.store.doors import Door, Field, fields_of
from coachdesk.store.narrowing import narrowed, of_people


def _register_contact() -> Callable[..., Any]:
    """`do outreach.contact register ID …`: the contact becomes a participant; every field of a registration, none required.

    The action is participant's, which outreach may not know; here, where both are known, it stands on the contact, as on its button.
    """

    def register(session: Session, id: UUID, **fields: Any) -> Any:
        """The contact becomes a participant; name, telephone, postcode and lot are the contact's, unless said otherwise."""
        return participant_actions.register_contact(session, id, **fields)

    model = participant_actions.register
    known = inspect.signature(model).parameters.values()
    taken = [each.replace(default=None) for each in known if each.kind is inspect.Parameter.KEYWORD_ONLY and each.name != "contact"]
    here = [each for each in inspect.signature(register).parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    hints = typing.get_type_hints(model, include_extras=True)
    register.__signature__ = inspect.Signature([*here, *taken])  # type: ignore[attr-defined]
    register.__annotations__ = {each.name: hints[each.name] for each in taken}
    return register


def _outreach() -> tuple[Door, ...]:
    """Outreach's doors, with what only those downstream know: the contact's button; starts by place and by ward."""
    return (
        *_with_register(),
        Door("dependency", "places by the share of starts and referrals through them", dependencies.dependency_rows, names=("venue",)),
        Door("restart", "places that are not open, in the order in which they may start again", closings.restart_order, names=("venue",)),
        Door("saturation", "wards: contacts, starts, people turned away, over residents", saturations.saturation_rows, names=("ward",)),
    )


def _with_register() -> tuple[Door, ...]:
    return tuple(
        replace(each, verbs={**each.verbs, "register": _register_contact()}) if each.kind == "contact" else each
        for each in outreach_actions.DOORS
    )


def _partner() -> tuple[Door, ...]:
    """The partner room's doors, with what is worked out from every room that meets partners: clocks, contacts, who holds what."""
    return (
        *(replace(each, rows=referral_queries.trust_changes) if each.kind == "trust" else each for each in partner_actions.DOORS),
        Door("upkeep", "organisations by how overdue a real contact is, with trust", referral_queries.upkeep, names=("partner",)),
        Door("key_person", "key people by how overdue a touch with them is", referral_queries.key_people),
        Door("real_contact", "every real contact: touches, introductions, referrals, sessions, vacancies", referral_queries.real_contacts,
             names=("partner",)),
        Door("relationship", "who holds the relationship with each organisation, and the warm path to cold ones",
             referral_queries.relationships, names=("partner",)),
        Door("holder", "people by what rests on them alone", referral_queries.holders),
        *network_rows.PARTNER_DOORS,
    )


def _programme() -> tuple[Door, ...]:
    """The team may hand over, which concerns every room."""
    team = (replace(each, verbs={**each.verbs, **handover.VERBS}) if each.kind == "member" else each for each in programme_actions.DOORS)
    return (*team, *handover.DOORS)


ROOMS: dict[str, tuple[Door, ...]] = {
    "programme": _programme(),
    "partner": _partner(),
    "outreach": _outreach(),
    "participant": participant_actions.DOORS,
    "referral": referral_actions.DOORS,
    "activity": (*activity_actions.DOORS, *progress_rows.DOORS, *network_rows.ACTIVITY_DOORS),
    "claim": claim_actions.DOORS,
}
_ALIASES = {"partners": "partner", "participants": "participant", "referrals": "referral", "claims": "claim", "activities": "activity"}
_LOGGED_AS = {"activity.signoff": "activity.sign_off", "referral.in": "referral", "referral.traffic": "referral"}
_FIRST = 512                # rows that are looked through first, where only some are asked for
YES, NO = ("yes", "true", "1", "y"), ("no", "false", "0", "n")


def door(path: str) -> Door:
    """The door of `room` or `room.kind`. Refusal that lists what there is."""
    room, kind = _named(path)
    doors = ROOMS[room]
    found = next((each for each in doors if each.kind == kind), None)
    if found is None and not kind:
        found = doors[0]
    if found is None:
        raise Refusal(f"The room {room} has no kind called “{kind}”.", f"Kinds: {', '.join(each.kind or room for each in doors)}.")
    return found


def _named(path: str) -> tuple[str, str]:
    """Room and kind of `room.kind`, in any case and in the plural. Refusal that lists the rooms."""
    room, _, kind = path.strip().lower().partition(".")
    room = _ALIASES.get(room, room)
    if room not in ROOMS:
        raise Refusal(f"There is no room called “{room}”.", f"Rooms: {', '.join(ROOMS)}.")
    return room, kind


def described(path: str | None) -> list[dict[str, Any]]:
    """Rooms, kinds, fields with units, verbs."""
    wanted = None if path is None else _named(path)
    return [
        {
            "room": room,
            "kind": f"{room}.{each.kind}" if each.kind else room,
            "says": each.says,
            "fields": _described(each.add) if each.add else [],
            "verbs": [{"verb": verb, "says": _first_line(action), "fields": _described(action)} for verb, action in each.verbs.items()],
        }
        for room, doors in ROOMS.items()
        for each in doors
        if wanted is None or (room == wanted[0] and (not wanted[1] or each is door(f"{room}.{wanted[1]}")))
    ]


def _described(action: Callable[..., Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "type": each.type,
            "unit": each.unit or None,
            "says": each.says,
            "required": each.required,
            "refers_to": each.ref,
        }
        for each in fields_of(action)
    ]


def _first_line(action: Callable[..., Any]) -> str:
    return (action.__doc__ or "").strip().partition("\n")[0]


def rows(session: Session, path: str, lot: str | None, where: Iterable[str], limit: int | None) -> list[dict[str, Any]]:
    """Rows of a room as objects, filtered by FIELD=VALUE (text, any case)."""
    wanted = dict(_pair(each) for each in where)
    known = programme_queries.lot_id(session, lot) if lot is not None else None
    found_door = door(path)
    names = _row_fields(found_door)
    for name in wanted:
        if names and name not in names:
            raise Refusal(f"{path} has no field called “{name}”.", f"Fields: {', '.join(names)}.")

    def fitting(every: Iterable[Any]) -> list[dict[str, Any]]:
        found = (plain(row) for row in every)
        return [row for row in found if all(_is(row[name], text) for name, text in wanted.items())][:limit]

    people = of_people(session, found_door, wanted)
    if people is not None:                              # one after another, where several are called so
        return fitting(row for one in people for row in found_door.rows(session, lot=known, participant=one))
    few = narrowed(session, found_door, wanted)
    if few is not None:
        return fitting(found_door.rows(session, lot=known, among=few))
    if not wanted or limit is None:
        return fitting(found_door.rows(session, lot=known, limit=limit))
    first = found_door.rows(session, lot=known, limit=max(_FIRST, limit * 4))      # mostly enough of them fit
    found = fitting(first)
    return found if len(found) == limit or len(first) < max(_FIRST, limit * 4) else fitting(found_door.rows(session, lot=known))


def _row_fields(found: Door) -> list[str]:
    """The fields of a kind's rows, from what its query says it answers; empty when it does not say."""
    answer = typing.get_type_hints(found.rows).get("return")
    row = next(iter(typing.get_args(answer)), None)
    return [each.name for each in fields(row)] if isinstance(row, type) and is_dataclass(row) else []


def _is(value: Any, text: str) -> bool:
    """Whether a row's value is what was typed: in any case; a list when it holds it."""
    wanted = _text(text)
    if isinstance(value, list):
        return wanted in (_text(each) for each in value) if wanted else not value
    if isinstance(value, bool):
        return wanted in (YES if value else NO)
    return _text(value) == wanted


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).casefold().split())


def added(session: Session, path: str, words: Iterable[str]) -> Any:
    """Makes one; answers what its action answers."""
    made = door(path).add
    if made is None:
        raise Refusal(f"{path} is not added by hand.", f"See `coachdesk describe {path}`.")
    return made(session, **values(session, made, words, path))


def done(session: Session, path: str, verb: str, text: str, words: Iterable[str]) -> Any:
    """Runs a verb on one record."""
    found = door(path)
    action = found.verbs.get(verb) or found.verbs.get(verb.replace("-", " ")) or found.verbs.get(verb.replace("_", " "))
    if action is None:
        raise Refusal(f"{path} has no action called “{verb}”.", f"Actions: {', '.join(found.verbs) or 'none'}.")
    return action(session, resolved(session, path, text), **values(session, action, words, path))


def values(session: Session, action: Callable[..., Any], words: Iterable[str], path: str) -> dict[str, Any]:
    """FIELD=VALUE words as an action's arguments. Refusal for an unknown or missing field, or a value of the wrong type."""
    known = {each.name: each for each in fields_of(action)}
    given: dict[str, Any] = {}
    for word in words:
        name, text = _pair(word)
        if name not in known:
            raise Refusal(f"{path} has no field called “{name}” here.", f"Fields: {', '.join(known) or 'none'}.")
        if name in given and known[name].type != "words":
            raise Refusal(f"{name} was given twice.", "Give it once.")
        value = value_of(session, known[name], text)
        if value is None and known[name].required:
            raise Refusal(f"{name} is needed and was left empty.", "Nothing was changed.")
        given[name] = [*given.get(name, []), *value] if known[name].type == "words" else value
    missing = [name for name, each in known.items() if each.required and name not in given]
    if missing:
        raise Refusal(f"{path} needs {', '.join(missing)}.", f"See `coachdesk describe {path}`. Nothing was changed.")
    return given


def value_of(session: Session, field: Field, text: str) -> Any:
    """One value in the field's type; an empty text is nothing."""
    clean = typed.clean(text, field.name).strip()
    if not clean:
        # An empty text clears what stood there; an empty day, number or reference is one that was not given.
        return [] if field.type == "words" else "" if field.type == "text" else None
    try:
        if field.type == "number":
            return typed.month(clean) if field.unit == "month" or (field.name == "month" and "-" in clean) else typed.number(clean)
        if field.type == "date":
            return typed.day(clean)
        if field.type == "text" and field.unit == "YYYY-MM":
            typed.month(clean)
    except ValueError:
        example = {"date": "a day like 2020-05-12"}.get(field.type, "a month like 2020-05" if field.name == "month" else "a whole number")
        raise Refusal(f"{field.name}: “{clean}” is not {example}.", "Nothing was changed.") from None
    if field.type == "yes or no":
        if clean.casefold() not in (*YES, *NO):
            raise Refusal(f"{field.name} is yes or no.", "Nothing was changed.")
        return clean.casefold() in YES
    if field.type == "words":
        return [each.strip() for each in clean.replace(";", ",").split(",") if each.strip()]
    if field.type == "id":
        return resolved(session, field.ref or "", clean)
    return clean


def resolved(session: Session, path: str, text: str) -> UUID:
    """An id from an id, a name, a reference. Refusal when none or several fit."""
    try:
        return UUID(text)
    except ValueError:
        pass
    if not path:
        raise Refusal(f"“{text}” is not an id.", "Take it from `coachdesk list`.")
    if path == "programme":
        return programme_queries.lot_id(session, text)
    found = door(path)
    wanted = typed.folded(text)
    rows_here = _called(session, found, text) or found.rows(session)
    for same in (lambda name: name.casefold().strip() == text.casefold().strip(), lambda name: typed.folded(name) == wanted):
        fits = [row for row in rows_here if any(same(str(getattr(row, name, None) or "")) for name in (*found.names, "reference"))]
        if fits:
            break
    if len(fits) == 1:
        known: UUID = fits[0].id
        return known
    said = "is not known here" if not fits else f"fits {len(fits)} of them"
    raise Refusal(f"“{text}” {said} ({path}).", f"Take the id from `coachdesk list {path}`. Nothing was changed.")


def _called(session: Session, found: Door, text: str) -> Sequence[Any]:
    """The rows that are called exactly so, where the store can say which; none where all have to be looked through."""
    people = [one for name in (*found.names, "reference") for one in of_people(session, found, {name: text}) or ()]
    if people:
        return [row for one in dict.fromkeys(people) for row in found.rows(session, participant=one)]
    few = [id for name in (*found.names, "reference") for id in narrowed(session, found, {name: text}) or ()]
    return found.rows(session, among=few) if few else ()


def room_of(path: str) -> str:
    """The room or `room.kind` as the log names it. Refusal that lists what there is."""
    room, kind = _named(path)
    name = f"{room}.{door(path).kind}" if kind else room
    return _LOGGED_AS.get(name, name)


def _pair(word: str) -> tuple[str, str]:
    name, sign, text = word.partition("=")
    if not sign or not name:
        raise Refusal(f"“{word}” is not FIELD=VALUE.", 'Write, for example, name="Shard End Library".')
    return name.strip(), text
