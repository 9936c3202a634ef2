"""Laptops that meet in a folder: what came and waits, what was sealed and seen. Frozen once released."""

from __future__ import annotations

from alembic import op

revision, down_revision = "0005", "0004"

STATEMENTS: tuple[str, ...] = (
    "CREATE TABLE withheld ( op_id BLOB NOT NULL, why TEXT NOT NULL, PRIMARY KEY (op_id) ) WITHOUT ROWID",
    "CREATE TABLE waiting ( entity_id BLOB NOT NULL, for_id BLOB NOT NULL, why TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (entity_id, for_id, why) ) WITHOUT ROWID",
    "CREATE INDEX ix_waiting_for_id ON waiting (for_id)",
    "CREATE TABLE contested ( entity_id BLOB NOT NULL, entity TEXT NOT NULL, torn TEXT NOT NULL, is_kept INTEGER NOT NULL, beside TEXT NOT NULL, PRIMARY KEY (entity_id) ) WITHOUT ROWID",
    "CREATE TABLE seal_also ( id BLOB NOT NULL, \"key\" BLOB NOT NULL, PRIMARY KEY (id, \"key\") ) WITHOUT ROWID",
    "CREATE TABLE segment ( hash BLOB NOT NULL, dev BLOB NOT NULL, inc BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, prev BLOB NOT NULL, epoch BLOB NOT NULL, state TEXT NOT NULL, bytes BLOB NOT NULL, got_at TEXT NOT NULL, PRIMARY KEY (hash) )",
    "CREATE INDEX ix_segment_chain ON segment (dev, inc, last)",
    "CREATE TABLE epoch_key ( epoch BLOB NOT NULL, number INTEGER NOT NULL, \"key\" BLOB NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (epoch) ) WITHOUT ROWID",
    "CREATE TABLE statement ( hash BLOB NOT NULL, bytes BLOB NOT NULL, got_at TEXT NOT NULL, PRIMARY KEY (hash) ) WITHOUT ROWID",
    "CREATE TABLE parked ( name TEXT NOT NULL, hash BLOB, size INTEGER NOT NULL, why TEXT NOT NULL, since TEXT NOT NULL, tried INTEGER NOT NULL, PRIMARY KEY (name) ) WITHOUT ROWID",
    "CREATE TABLE witness ( dev BLOB NOT NULL, inc BLOB NOT NULL, \"by\" BLOB NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, at TEXT NOT NULL, PRIMARY KEY (dev, inc, \"by\") ) WITHOUT ROWID",
    "CREATE TABLE sync_fact ( name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name) ) WITHOUT ROWID",
    "CREATE INDEX ix_txn_home ON txn (dev, inc, last_seq)",
)


def upgrade() -> None:
    """Makes the new tables and the index by which a device finds its own transactions."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
