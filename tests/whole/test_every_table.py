"""A store made and opened in a process of its own knows all of its tables, whatever the command needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from coachdesk.casework import every_room
from coachdesk.store import keys, kinds, raw
from tests.whole.conftest import PASSPHRASE

_FREE = {"desk", "contested", "epoch_key", "likeness", "parked", "referral_standing", "remembered", "segment", "statement",
         "sync_fact", "waiting", "witness", "alembic_version", "search_entry", "search_near", "search_text",
         "search_text_config", "search_text_data", "search_text_idx"}    # of this device, or derived
_PLAIN = _FREE | {"txn", "op", "version", "seal", "seal_also", "withheld"}


def fresh(repository: Path, *words: object) -> Any:
    command = [sys.executable, "-m", "coachdesk", "--json", *map(str, words)]
    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, cwd=repository,
                          env=os.environ | {"COACHDESK_PASSPHRASE": PASSPHRASE})
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_a_store_made_by_init_alone_has_guards_on_every_table_and_is_sound(repository: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.coachdesk"
    made = fresh(repository, "--store", store, "init", "--programme", "connecting-communities", "--owner", "Robin Ashdown")
    connection = raw.connect(store, keys.unlock(store, made["recovery_code"]))
    try:
        found = connection.execute("select type, name, tbl_name from sqlite_master where name not like 'sqlite_%'").fetchall()
    finally:
        connection.close()
    tables = {name for kind, name, _ in found if kind == "table"}
    guarded = {table for kind, name, table in found if kind == "trigger" and name.endswith("_insert")}
    assert len(every_room.RECORDS) == 7
    assert tables - _PLAIN == {str(table.name) for table in kinds.synced_tables()}
    assert tables - _FREE <= guarded
    checked = fresh(repository, "--store", store, "check")
    assert checked["integrity"] == "ok"
    assert checked["digest"] == checked["replay_digest"]
