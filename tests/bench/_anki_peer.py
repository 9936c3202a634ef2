"""Anki's own incremental sync between two collections and its own server on this machine: `_anki_peer.py NOTES`.

Run by a Python that has anki. A note is two rows (note and card). Prints rows a second out and in.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _await(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            sleep(0.05)


def _add(collection: Any, count: int) -> None:
    from anki.collection import AddNoteRequest

    kind, wanted = collection.models.by_name("Basic"), []
    for number in range(count):
        note = collection.new_note(kind)
        note["Front"], note["Back"] = f"Person {number} {secrets.token_hex(4)}", "07700 900123"
        wanted.append(AddNoteRequest(note, 1))
    collection.add_notes(wanted)


def _whole(collection: Any, auth: Any, upload: bool) -> None:
    collection.sync_collection(auth, False)
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
    collection.reopen(after_full_sync=True)


def _timed(collection: Any, auth: Any) -> float:
    begun = perf_counter()
    collection.sync_collection(auth, False)
    return perf_counter() - begun


def main(count: int) -> None:
    """Two collections, one full sync each, then COUNT notes one way."""
    from anki.collection import Collection

    port = _free_port()
    with TemporaryDirectory() as place:
        env = os.environ | {"SYNC_USER1": "u:p", "SYNC_BASE": str(Path(place) / "server"), "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port)}
        server = subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _await(port)
            one = Collection(str(Path(place) / "one.anki2"))
            auth = one.sync_login("u", "p", f"http://127.0.0.1:{port}/")
            _add(one, 10)
            _whole(one, auth, upload=True)
            two = Collection(str(Path(place) / "two.anki2"))
            _whole(two, auth, upload=False)
            _add(one, count)
            out, into = _timed(one, auth), _timed(two, auth)
            if two.note_count() != count + 10:
                raise SystemExit("the peer did not get its notes")
            print(f"{2 * count / out:10,.0f} out, {2 * count / into:10,.0f} in a second")
            one.close()
            two.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]))
