"""The basement's own tables: transactions, operations, heads, small keys, and what this device knows of itself.

SYNC.md section 2 draws one wide `op` row. What one user action shares (device, incarnation, actor, reason, space, schema) stands here
once in `txn`; the view `op_row` shows the wide row. That keeps the log within 1.5 × of the data; nothing else differs.
Three more differences, for size: `seal_id` is null where the small key is the record's own; `payload_hash` is written only when the
sealed bytes go (until then it follows from them); a word added to a set has the uid `op id . place`, which the head does not repeat.
"""

from __future__ import annotations

import sqlalchemy as sa

from coachdesk.store.kinds import Record

SCHEMA = 1  # of the ops that this program writes
MIN_READER = 1  # the oldest program that understands them

desk = sa.Table("desk", Record.metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))

txn = sa.Table(
    "txn",
    Record.metadata,
    sa.Column("n", sa.Integer, primary_key=True),  # order of arrival here; local
    sa.Column("txn_id", sa.LargeBinary(16), nullable=False, unique=True),
    sa.Column("dev", sa.LargeBinary(16), nullable=False),
    sa.Column("inc", sa.LargeBinary(8), nullable=False),
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("ms", sa.Integer, nullable=False),  # our clock after this transaction
    sa.Column("counter", sa.Integer, nullable=False),
    sa.Column("actor", sa.LargeBinary(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("undoes", sa.LargeBinary(16)),  # the transaction that this one takes back
    sa.Column("lasting", sa.Integer, nullable=False),  # 1: cannot be undone (a claim was sent)
    sa.Column("space", sa.LargeBinary(16), nullable=False),
    sa.Column("schema", sa.Integer, nullable=False),
    sa.Column("min_reader", sa.Integer, nullable=False),
    sa.Column("seen_at", sa.Text, nullable=False),
    sa.Index("ix_txn_home", "dev", "inc", "last_seq"),
)

op = sa.Table(
    "op",
    Record.metadata,
    sa.Column("op_id", sa.LargeBinary(16), primary_key=True),
    sa.Column("txn", sa.Integer, sa.ForeignKey("txn.n", deferrable=True, initially="DEFERRED"), nullable=False, index=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("ms", sa.Integer, nullable=False),
    sa.Column("counter", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # set, del
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("entity_id", sa.LargeBinary(16), nullable=False, index=True),
    sa.Column("seal_id", sa.LargeBinary(16)),  # whose small key; null: the record's own
    sa.Column("head", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("payload_hash", sa.LargeBinary(16)),  # of the sealed bytes; written by the eraser when they go
    sqlite_with_rowid=False,
)

# Heads are written only once a record is edited: until then every field's head is the stamp of the op that made it.
version = sa.Table(
    "version",
    Record.metadata,
    sa.Column("entity_id", sa.LargeBinary(16), primary_key=True),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("stamps", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

seal = sa.Table(
    "seal",
    Record.metadata,
    sa.Column("id", sa.LargeBinary(16), primary_key=True),
    sa.Column("key", sa.LargeBinary(32), nullable=False),
    sqlite_with_rowid=False,
)

# What this device remembers between starts: unfinished lines, how the columns of a file were read. Never logged, never synced.
remembered = sa.Table(
    "remembered",
    Record.metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# Which records share a detail (participant.rules.matching.keys, hashed). Derived: never logged, made anew when in doubt.
likeness = sa.Table(
    "likeness",
    Record.metadata,
    sa.Column("key", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("entity_id", sa.LargeBinary(16), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# What the search index holds of each record, in the order in which it is shown; and words by their keys (store.search). Derived.
search_entry = sa.Table(
    "search_entry",
    Record.metadata,
    sa.Column("rank", sa.Integer, primary_key=True),
    sa.Column("entity_id", sa.LargeBinary(16), nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("sort", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),  # exactly what stands in search_text, which needs it to take it out again
    sa.Column("signs", sa.Text, nullable=False),
)
search_near = sa.Table(
    "search_near",
    Record.metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("word", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)

# Where each referral stands, by its local key (referral.rules.fold). Derived: never logged, made anew when in doubt.
referral_standing = sa.Table(
    "referral_standing",
    Record.metadata,
    sa.Column("key", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("steps", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("asked_on", sa.Text),
    sa.Column("replied_on", sa.Text),
    sa.Column("due_on", sa.Text, nullable=False),
    sa.Column("review_on", sa.Text),
    sa.Column("was_accepted", sa.Integer, nullable=False),
    sa.Column("was_helped", sa.Integer),
    sa.Column("sent_on", sa.Text, index=True),
    sqlite_with_rowid=False,
)

# What came from other laptops and does not count yet ------------------------------------------------------------------------
# Ops that stand in the log but in no fold: their writer may not write that, or was shut out before (sync.membership).
withheld = sa.Table(
    "withheld",
    Record.metadata,
    sa.Column("op_id", sa.LargeBinary(16), primary_key=True),
    sa.Column("why", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# Records that are not in their table, or not as the log has them, until something comes (why): a parent, a small key, more of the
# record itself, or a newer program; for_id is the parent's, the key's, the record's own, or NEWER.
waiting = sa.Table(
    "waiting",
    Record.metadata,
    sa.Column("entity_id", sa.LargeBinary(16), primary_key=True),
    sa.Column("for_id", sa.LargeBinary(16), primary_key=True, index=True),
    sa.Column("why", sa.Text, primary_key=True),        # parent, key, more, newer
    sa.Column("entity", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# Records for the conflict desk: fields with two values, a deletion that an edit survived, edits side by side. Derived (store.contest).
contested = sa.Table(
    "contested",
    Record.metadata,
    sa.Column("entity_id", sa.LargeBinary(16), primary_key=True),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("torn", sa.Text, nullable=False),         # JSON: names of fields
    sa.Column("is_kept", sa.Integer, nullable=False),   # 1: somebody deleted it and did not see what was written since
    sa.Column("beside", sa.Text, nullable=False),       # JSON: pairs of stamps; only a note
    sqlite_with_rowid=False,
)

# A second small key of the same id, made elsewhere at the same time (seals.Ring).
seal_also = sa.Table(
    "seal_also",
    Record.metadata,
    sa.Column("id", sa.LargeBinary(16), primary_key=True),
    sa.Column("key", sa.LargeBinary(32), primary_key=True),
    sqlite_with_rowid=False,
)

# What the sync turn keeps (coachdesk.sync). All of it is this device's own; nothing is logged.
segment = sa.Table(
    "segment",
    Record.metadata,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("dev", sa.LargeBinary(16), nullable=False),
    sa.Column("inc", sa.LargeBinary(8), nullable=False),
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
    sa.Column("prev", sa.LargeBinary(32), nullable=False),
    sa.Column("epoch", sa.LargeBinary(16), nullable=False),
    sa.Column("state", sa.Text, nullable=False),        # held, waiting, refused
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("got_at", sa.Text, nullable=False),
    sa.Index("ix_segment_chain", "dev", "inc", "last"),
)
epoch_key = sa.Table(
    "epoch_key",
    Record.metadata,
    sa.Column("epoch", sa.LargeBinary(16), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("key", sa.LargeBinary(32), nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
statement = sa.Table(
    "statement",
    Record.metadata,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("got_at", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
parked = sa.Table(
    "parked",
    Record.metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("hash", sa.LargeBinary(32)),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("since", sa.Text, nullable=False),
    sa.Column("tried", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
witness = sa.Table(
    "witness",
    Record.metadata,
    sa.Column("dev", sa.LargeBinary(16), primary_key=True),
    sa.Column("inc", sa.LargeBinary(8), primary_key=True),
    sa.Column("by", sa.LargeBinary(16), primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("hash", sa.LargeBinary(32), nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
sync_fact = sa.Table(
    "sync_fact",
    Record.metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

NEWER = bytes(16)

# Statements for what SQLAlchemy's metadata cannot say (virtual tables of the search index); run by the frozen step and by its test.
# The step also sets secure-delete, so that a word that was taken out leaves no trace (SYNC.md, erasure).
VIRTUAL: tuple[str, ...] = (
    "create virtual table search_text using fts5(text, content='', columnsize=0, detail=none, prefix='1 2 3', tokenize='ascii')",
)

OP_ROW = """create view op_row as select op.op_id, txn.dev, txn.inc, op.seq,
 printf('%012x.%04x.', op.ms, op.counter) || lower(hex(op.op_id)) as stamp, txn.txn_id, txn.actor, txn.reason, op.kind, op.entity,
 op.entity_id, coalesce(op.seal_id, op.entity_id) as seal_id, op.head, op.sealed, op.payload_hash,
 txn.space, txn.schema, txn.min_reader, txn.seen_at
 from op join txn on txn.n = op.txn"""


def guards(synced: list[str]) -> list[tuple[str, str]]:
    """(name, statement) of every guard trigger: nothing past the door, nothing rewritten in the log."""
    shut = "when not door_open() begin select raise(abort, 'past the door'); end"
    made = []
    for table in [*synced, "version", "seal", "seal_also", "withheld"]:
        made += [
            (f"guard_{table}_{verb}", f"create trigger guard_{table}_{verb} before {verb} on {table} {shut}")
            for verb in ("insert", "update", "delete")
        ]
    for table in ("op", "txn"):
        made.append((f"guard_{table}_insert", f"create trigger guard_{table}_insert before insert on {table} {shut}"))
        made.append(
            (
                f"guard_{table}_delete",
                f"create trigger guard_{table}_delete before delete on {table} begin select raise(abort, 'the log is append-only'); end",
            )
        )
    def same(table: sa.Table, *but: str) -> str:
        return " and ".join(f"new.{c.name} is old.{c.name}" for c in table.columns if c.name not in but)

    made.append(
        (
            "guard_txn_update",
            # a laptop that was copied gives what it has not published yet to a new incarnation (store.travel.rehome)
            f"create trigger guard_txn_update before update on txn when not (rehoming() and {same(txn, 'inc', 'last_seq')})"
            " begin select raise(abort, 'the log is append-only'); end",
        )
    )
    unchanged = same(op, "sealed", "payload_hash")
    made.append(
        (
            "guard_op_update",
            "create trigger guard_op_update before update on op "
            f"when not (new.sealed is null and door_open() and {unchanged}"
            " and (old.payload_hash is null or new.payload_hash is old.payload_hash))"
            f" and not (rehoming() and {same(op, 'seq')})"
            " begin select raise(abort, 'the log is append-only'); end",
        )
    )
    return made


def hang_guards(connection: sa.Connection, synced: list[str]) -> None:
    """Drops and hangs every guard trigger anew; run after each migration, since a batch migration drops triggers without a word."""
    old = connection.exec_driver_sql("select name from sqlite_master where type = 'trigger' and name like 'guard_%'").scalars().all()
    for name in old:
        connection.exec_driver_sql(f"drop trigger {name}")  # sql: a trigger of our own, by its name
    for _, statement in guards(synced):
        connection.exec_driver_sql(statement)
