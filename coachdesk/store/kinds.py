"""Column kinds, declared once: capture, merge, seal, search and the command line read them (SYNC.md, Capture and section 3).

plain           a multi-value register: edits that did not know of each other are both kept
set             a list of words where adding wins; each add has a uid, a removal names the uids it saw
tally, note, transition   append-only rows: never changed, corrected by a row of their own
single-writer   written by one role, checked by every receiver
Flags: personal (sealed under the person's small key), indexed (searched), local (not captured at all).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, Unmapped, declared_attr, mapped_column, unmapped_column
from sqlalchemy.types import TypeDecorator

from coachdesk.store.ids import id_of, new_id

PLAIN, SET, TALLY, NOTE, TRANSITION, SINGLE_WRITER = "plain", "set", "tally", "note", "transition", "single-writer"
APPEND_ONLY = (TALLY, NOTE, TRANSITION)


def instant_text(value: datetime) -> str:
    """An instant as the store and the log hold it: `2020-05-12T12:00:00.000000Z`."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Id16(TypeDecorator[uuid.UUID]):
    """A UUID in 16 bytes."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: uuid.UUID | None, dialect: Any) -> bytes | None:
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Any) -> uuid.UUID | None:
        return None if value is None else id_of(value)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant as sortable text with microseconds."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return instant_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)      # strptime costs forty times as much a row


class Words(TypeDecorator[list[str]]):
    """A list of words as JSON text, in order, each once."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Any) -> list[str] | None:
        return None if value is None else sorted(set(value))


class Record(DeclarativeBase):
    """The base of everything in the store's schema."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        uuid.UUID: Id16(),
        datetime: Instant(),
        date: sa.Date(),
        list[str]: Words(),
        str: sa.Text(),
        dict[str, Any]: sa.JSON(none_as_null=True),
    }


class Kept(Record):
    """A record that the log knows: a UUID made here, beside a local integer key that never travels.

    `__sealed_by__` names the attribute that tells which small key protects personal values: `id` (its own), `seal_id`
    (a participant's), or a reference to the participant (`participant_id`), whose seal is then used.
    """

    __abstract__ = True
    __sealed_by__: ClassVar[str] = "id"

    # A column of the table, but not of the mapper: with it, every insert would have to read it back, one statement a record.
    if TYPE_CHECKING:
        row: Mapped[int]
    else:
        row: Unmapped[int] = unmapped_column(sa.Integer, primary_key=True, info={"local": True}, sort_order=-2)

    @declared_attr
    def id(cls) -> Mapped[uuid.UUID]:
        return mapped_column(Id16(), unique=True, nullable=False, info={"local": True}, sort_order=-1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"primary_key": [cls.id]}

    def __init__(self, **values: Any) -> None:
        """Fills the id and every declared default at once, so that the log sees what will be written."""
        values.setdefault("id", new_id())
        for name, default in _fresh(type(self)):
            if values.get(name) is None:
                values[name] = default()
        super().__init__(**values)

    def __init_subclass__(cls, **options: Any) -> None:
        """Maps the class; `row` stays usable in queries (order_by) although the mapper does not know it."""
        super().__init_subclass__(**options)
        table = cls.__dict__.get("__table__")
        if table is not None:
            type.__setattr__(cls, "row", table.c.row)


@cache
def _fresh(known: type[Kept]) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """The declared defaults of a class, by attribute, each as something to call."""
    declared = [(attribute.key, attribute.columns[0].info.get("fresh")) for attribute in sa.inspect(known).column_attrs]
    return tuple(
        (name, default if callable(default) else lambda default=default: default) for name, default in declared if default is not None
    )


def column(
    kind: str = PLAIN,
    *,
    personal: bool = False,
    indexed: bool = False,
    local: bool = False,
    unit: str = "",
    says: str = "",
    fresh: Any = None,
    to: str | None = None,
    file: bool = False,
    **options: Any,
) -> MappedColumn[Any]:
    """A mapped column with its kind.

    unit and says feed `coachdesk describe`; fresh is the value of a new record; to is `table` for a reference to its id
    (checked at commit, so that one action may write parent and child in any order; never cascading). file: names a kept file (store.blobs).
    """
    info = {"kind": kind, "personal": personal, "indexed": indexed, "local": local, "unit": unit, "says": says, "fresh": fresh, "to": to,
            "file": file}
    keys = [sa.ForeignKey(f"{to}.id", deferrable=True, initially="DEFERRED")] if to else []
    return mapped_column(*keys, info=info, index=True if to else options.pop("index", None), **options)


def synced_tables() -> list[sa.Table]:
    """Every table that the log knows, in an order where parents come first."""
    kept = {mapper.local_table for mapper in Record.registry.mappers if issubclass(mapper.class_, Kept)}
    return [table for table in Record.metadata.sorted_tables if table in kept]


def revived(column: sa.ColumnElement[Any], value: Any) -> Any:
    """A value of the log as the column's own type."""
    if value is None or not isinstance(value, str):
        return value
    if isinstance(column.type, Id16):
        return uuid.UUID(value)
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    return value
