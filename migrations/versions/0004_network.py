"""A network that is tended, and claims by terms as data. Frozen once released."""

from __future__ import annotations

from alembic import op

revision, down_revision = "0004", "0003"

STATEMENTS: tuple[str, ...] = (
    # partner: upkeep, connectors, trust

    # partner: capability, council support, employers

    # referral

    # activity

    # claim

)


def upgrade() -> None:
    """Makes the new tables and adds the new columns."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
