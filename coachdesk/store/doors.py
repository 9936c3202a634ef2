"""How a room shows its kinds, fields and verbs to the command line, the import and `describe`: declared once, beside the actions.

A field is a keyword-only parameter of an action, annotated `Annotated[int, "minutes: how long it took"]` (unit before the colon,
where there is one) or `Annotated[UUID, Ref("partner.venue", "where")]`. Nothing here knows a room.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Ref:
    """A reference to another kind (`partner.venue`), given by id, name or short reference."""

    kind: str
    says: str = ""


@dataclass(frozen=True)
class Field:
    """One field of an action. type: text, number, yes or no, date, words, id."""

    name: str
    type: str
    unit: str
    says: str
    required: bool
    ref: str | None = None
    default: Any = None


@dataclass(frozen=True)
class Door:
    """One kind of a room. kind: "" for the room's main kind. rows(session, *, lot=None, limit=None) -> frozen rows with `id`.

    add: the action that makes one (None: made elsewhere). verbs: name on the button → action(session, id, *, fields).
    names: row attributes by which a person would name one (for references by name). of: where there are very many, the record whose
    columns its rows show under the same names; rows then takes `among`, ids, too, so that a question for few need not read them all.
    through: other names of such rows → (the record's reference, the column that is shown of what it refers to). otherwise: columns that
    rows show in other words. person: names of rows → the column of the person's record that is shown; rows then takes `participant`.
    """

    kind: str
    says: str
    rows: Callable[..., Sequence[Any]]
    add: Callable[..., Any] | None = None
    verbs: dict[str, Callable[..., Any]] = field(default_factory=dict)
    names: tuple[str, ...] = ("name",)
    of: Any = None
    through: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    otherwise: tuple[str, ...] = ()
    person: dict[str, Any] = field(default_factory=dict)


def fields_of(action: Callable[..., Any]) -> list[Field]:
    """The fields of an action, from its keyword-only parameters."""
    hints = typing.get_type_hints(action, include_extras=True)
    found = []
    for name, parameter in inspect.signature(action).parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        hint, notes = hints[name], ()
        if typing.get_origin(hint) is typing.Annotated:
            hint, *rest = typing.get_args(hint)
            notes = tuple(rest)
        required = parameter.default is inspect.Parameter.empty
        found.append(_field(name, hint, notes, required, None if required else parameter.default))
    return found


_TYPES = {str: "text", int: "number", bool: "yes or no", date: "date", UUID: "id"}


def _field(name: str, hint: Any, notes: tuple[Any, ...], required: bool, default: Any) -> Field:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
        if typing.get_origin(hint) is typing.Annotated:
            hint, *rest = typing.get_args(hint)
            notes = (*notes, *rest)
    kind = "words" if typing.get_origin(hint) in (list, tuple, Sequence) else _TYPES[hint]
    ref = next((note for note in notes if isinstance(note, Ref)), None)
    text = ref.says if ref else next((note for note in notes if isinstance(note, str)), "")
    unit, colon, says = text.partition(": ")
    return Field(name, kind, unit if colon else "", says if colon else text, required, ref.kind if ref else None, default)
