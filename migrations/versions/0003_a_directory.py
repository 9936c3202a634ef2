"""A directory: services with opening times and places, agreements with their ends, what a feed said. Frozen."""

from __future__ import annotations

from alembic import op

revision, down_revision = "0003", "0002"

STATEMENTS = (
    "CREATE TABLE partner_service ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB, name TEXT NOT NULL, status TEXT NOT NULL, description TEXT, website TEXT, email TEXT, phone TEXT, fees TEXT, costs TEXT, eligibility TEXT, minimum_age INTEGER, maximum_age INTEGER, languages JSON NOT NULL, categories JSON NOT NULL, alert TEXT, assured_on DATE, assured_by TEXT, note TEXT, feed_id TEXT, carried TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_service_feed_id ON partner_service (feed_id)",
    "CREATE INDEX ix_partner_service_partner_id ON partner_service (partner_id)",
    "CREATE TABLE partner_service_place ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, service_id BLOB NOT NULL, venue_id BLOB, name TEXT, address TEXT, postcode TEXT, access TEXT, feed_id TEXT, carried TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(service_id) REFERENCES partner_service (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(venue_id) REFERENCES partner_venue (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_service_place_service_id ON partner_service_place (service_id)",
    "CREATE INDEX ix_partner_service_place_venue_id ON partner_service_place (venue_id)",
    "CREATE TABLE partner_opening ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, service_id BLOB NOT NULL, place_id BLOB, days JSON NOT NULL, month_days TEXT, opens_at TEXT, closes_at TEXT, freq TEXT, every INTEGER, from_day DATE, to_day DATE, note TEXT, feed_id TEXT, carried TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(service_id) REFERENCES partner_service (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(place_id) REFERENCES partner_service_place (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_opening_place_id ON partner_opening (place_id)",
    "CREATE INDEX ix_partner_opening_service_id ON partner_opening (service_id)",
    "CREATE TABLE partner_agreement ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB NOT NULL, what TEXT NOT NULL, from_day DATE, ends_on DATE, warn_days INTEGER NOT NULL, note TEXT, kept_by BLOB, seen_on DATE, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(kept_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_agreement_kept_by ON partner_agreement (kept_by)",
    "CREATE INDEX ix_partner_agreement_partner_id ON partner_agreement (partner_id)",
    "CREATE TABLE partner_feed_term ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, feed_id TEXT NOT NULL, carried TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",
    "CREATE INDEX ix_partner_feed_term_feed_id ON partner_feed_term (feed_id)",
    "ALTER TABLE partner ADD COLUMN description TEXT",
    "ALTER TABLE partner ADD COLUMN website TEXT",
    "ALTER TABLE partner ADD COLUMN email TEXT",
    "ALTER TABLE partner ADD COLUMN funding_ends_on DATE",
    "ALTER TABLE partner ADD COLUMN funding_note TEXT",
    "ALTER TABLE partner ADD COLUMN funding_kept_by BLOB REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE partner ADD COLUMN funding_seen_on DATE",
    "ALTER TABLE partner ADD COLUMN feed_id TEXT",
    "ALTER TABLE partner ADD COLUMN carried TEXT",
    "CREATE INDEX ix_partner_feed_id ON partner (feed_id)",
    "CREATE INDEX ix_partner_funding_kept_by ON partner (funding_kept_by)",
    "ALTER TABLE partner_contact ADD COLUMN feed_id TEXT",
    "ALTER TABLE partner_contact ADD COLUMN carried TEXT",
)


def upgrade() -> None:
    """Makes the new tables and adds the new columns."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
