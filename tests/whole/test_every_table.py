"""A store made and opened in a process of its own knows all of its tables, whatever the command needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from coachdesk.store import kinds, raw
from tests.whole.conftest import PASSPHRASE

_PLAIN = {"desk", "txn", "op", "version", "seal", "alembic_version"}


def fresh(repository: Path, *words: object) -> Any:
    told = subprocess.run([sys.executable, "-m", "coachdesk", "--json", *map(str, words)], capture_output=True, text=True, timeout=120,
                          cwd=repository, env=os.environ | {"COACHDESK_PASSPHRASE": PASSPHRASE})
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_a_store_made_by_init_alone_has_guards_on_every_table_and_is_sound(repository: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.coachdesk"
    made = fresh(repository, "--store", store, "init", "--programme", "connecting-communities", "--owner", "Robin Ashdown")
    from coachdesk.store import keys

    connection = raw.connect(store, keys.unlock(store, made["recovery_code"]))
    try:
        tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")}
        guarded = {name for (name,) in connection.execute("select tbl_name from sqlite_master where type = 'trigger' and name like 'guard_%_insert'")}
    finally:
        connection.close()
    assert tables - _PLAIN == {str(table.name) for table in kinds.synced_tables()}
    assert tables - {"desk", "alembic_version"} <= guarded
    checked = fresh(repository, "--store", store, "check")
    assert checked["integrity"] == "ok"
    assert checked["digest"] == checked["replay_digest"]
