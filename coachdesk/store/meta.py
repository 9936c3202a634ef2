"""What this store knows of itself: its space, its device and incarnation, its owner, its sample day."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from coachdesk.store.ids import Dice, new_id


@dataclass(frozen=True)
class Desk:
    """The store's own facts. device: 16 bytes, hash of its public key; incarnation: 8 random bytes, new after every restore."""

    space: UUID
    device: bytes
    device_seed: bytes
    incarnation: bytes
    lineage: str
    owner: UUID
    owner_name: str
    sample_day: date | None = None

    @classmethod
    def fresh(cls, owner_name: str, dice: Dice, sample_day: date | None = None) -> Desk:
        """A new space on a new device."""
        import hashlib

        from nacl.signing import SigningKey

        seed = dice(32)
        device = hashlib.blake2b(bytes(SigningKey(seed).verify_key), digest_size=16).digest()
        return cls(new_id(), device, seed, dice(8), dice(16).hex(), new_id(), owner_name, sample_day)

    @classmethod
    def load(cls, connection: sa.Connection) -> Desk:
        """From the `desk` table."""
        found = {name: json.loads(value) for name, value in connection.exec_driver_sql("select name, value from desk")}
        day = found.get("sample_day")
        return cls(
            UUID(found["space"]),
            bytes.fromhex(found["device"]),
            bytes.fromhex(found["device_seed"]),
            bytes.fromhex(found["incarnation"]),
            found["lineage"],
            UUID(found["owner"]),
            found["owner_name"],
            date.fromisoformat(day) if day else None,
        )

    def save(self, connection: sa.Connection) -> None:
        """Writes every fact (local; not captured)."""
        facts = {
            "space": self.space.hex,
            "device": self.device.hex(),
            "device_seed": self.device_seed.hex(),
            "incarnation": self.incarnation.hex(),
            "lineage": self.lineage,
            "owner": self.owner.hex,
            "owner_name": self.owner_name,
            "sample_day": self.sample_day.isoformat() if self.sample_day else None,
        }
        for name, value in facts.items():
            connection.exec_driver_sql(
                "insert into desk (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
                (name, json.dumps(value)),
            )

    def reborn(self, dice: Dice) -> Desk:
        """The same device after a restore or copy: a new incarnation, so that its log never forks."""
        return replace(self, incarnation=dice(8), lineage=dice(16).hex())


def lineage_path(store: Path) -> Path:
    """FILE.lineage: a token that a copied or restored store file does not bring along."""
    return store.with_name(store.name + ".lineage")
