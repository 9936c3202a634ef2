"""The rooms' doors in one list: describe, list, add and do work on any room without knowing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import actions as activity_actions
from coachdesk.claim import actions as claim_actions
from coachdesk.cli.answer import plain
from coachdesk.clock import month_from_text
from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach_actions
from coachdesk.participant import actions as participant_actions
from coachdesk.partner import actions as partner_actions
from coachdesk.programme import actions as programme_actions
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import actions as referral_actions
from coachdesk.store.doors import Door, Field, fields_of

ROOMS: dict[str, tuple[Door, ...]] = {
    "programme": programme_actions.DOORS,
    "partner": partner_actions.DOORS,
    "outreach": outreach_actions.DOORS,
    "participant": participant_actions.DOORS,
    "referral": referral_actions.DOORS,
    "activity": activity_actions.DOORS,
    "claim": claim_actions.DOORS,
}
_ALIASES = {"partners": "partner", "participants": "participant", "referrals": "referral", "claims": "claim", "activities": "activity"}
YES, NO = ("yes", "true", "1", "y"), ("no", "false", "0", "n")


def door(path: str) -> Door:
    """The door of `room` or `room.kind`. Refusal that lists what there is."""
    room, _, kind = path.strip().lower().partition(".")
    room = _ALIASES.get(room, room)
    doors = ROOMS.get(room)
    if doors is None:
        raise Refusal(f"There is no room called {room}.", f"Rooms: {', '.join(ROOMS)}.")
    found = next((each for each in doors if each.kind == kind), None)
    if found is None and not kind:
        found = doors[0]
    if found is None:
        raise Refusal(f"The room {room} has no kind called {kind}.", f"Kinds: {', '.join(each.kind or room for each in doors)}.")
    return found


def described(path: str | None) -> list[dict[str, Any]]:
    """Rooms, kinds, fields with units, verbs."""
    found = []
    for room, doors in ROOMS.items():
        for each in doors:
            name = f"{room}.{each.kind}" if each.kind else room
            if path is None or path in (name, room) or each is door(path):
                found.append(
                    {
                        "room": room,
                        "kind": name,
                        "says": each.says,
                        "fields": _described(each.add) if each.add else [],
                        "verbs": [
                            {"verb": verb, "says": _first_line(action), "fields": _described(action)} for verb, action in each.verbs.items()
                        ],
                    }
                )
    return found


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
    known = programme_queries.lot_id(session, lot) if lot else None
    found = []
    for row in door(path).rows(session, lot=known, limit=None if wanted else limit):
        shown = plain(row)
        unknown = [name for name in wanted if name not in shown]
        if unknown:
            raise Refusal(f"{path} has no field called {unknown[0]}.", f"Fields: {', '.join(shown)}.")
        if all(_text(shown[name]) == value.strip().casefold() for name, value in wanted.items()):
            found.append(shown)
    return found[:limit]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).casefold()


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
        raise Refusal(f"{path} has no action called {verb}.", f"Actions: {', '.join(found.verbs) or 'none'}.")
    return action(session, resolved(session, path, text), **values(session, action, words, path))


def values(session: Session, action: Callable[..., Any], words: Iterable[str], path: str) -> dict[str, Any]:
    """FIELD=VALUE words as an action's arguments. Refusal for an unknown or missing field, or a value of the wrong type."""
    known = {each.name: each for each in fields_of(action)}
    given: dict[str, Any] = {}
    for word in words:
        name, text = _pair(word)
        if name not in known:
            raise Refusal(f"{path} has no field called {name} here.", f"Fields: {', '.join(known) or 'none'}.")
        if name in given and known[name].type != "words":
            raise Refusal(f"{name} was given twice.", "Give it once.")
        value = value_of(session, known[name], text)
        given[name] = [*given.get(name, []), *value] if known[name].type == "words" else value
    missing = [name for name, each in known.items() if each.required and name not in given]
    if missing:
        raise Refusal(f"{path} needs {', '.join(missing)}.", f"See `coachdesk describe {path}`. Nothing was changed.")
    return given


def value_of(session: Session, field: Field, text: str) -> Any:
    """One value in the field's type; an empty text is nothing."""
    clean = text.strip()
    if not clean:
        return [] if field.type == "words" else None
    try:
        if field.type == "number":
            return month_from_text(clean) if field.unit == "month" or (field.name == "month" and "-" in clean) else int(clean)
        if field.type == "date":
            return date.fromisoformat(clean)
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
    return text.strip()


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
    wanted = text.strip().casefold()
    fits = [
        row for row in found.rows(session) if wanted in (str(getattr(row, name, "")).casefold() for name in (*found.names, "reference"))
    ]
    if len(fits) == 1:
        known: UUID = fits[0].id
        return known
    said = "is not known here" if not fits else f"fits {len(fits)} of them"
    raise Refusal(f"“{text}” {said} ({path}).", f"Take the id from `coachdesk list {path}`. Nothing was changed.")


def _pair(word: str) -> tuple[str, str]:
    name, sign, text = word.partition("=")
    if not sign or not name:
        raise Refusal(f"“{word}” is not FIELD=VALUE.", 'Write, for example, name="Shard End Library".')
    return name.strip(), text
