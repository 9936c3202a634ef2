"""Files from the publishers, read with distrust: sizes capped, member by member, in blocks of whole lines, never unpacked to disk."""

from __future__ import annotations

import errno
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from coachdesk.errors import Refusal, Trouble

AGAIN = "Download the file again from its publisher and import that one."
MEGABYTE = 1 << 20
MAX_MEMBERS = 5_000
MAX_TABLE = 2048 * MEGABYTE          # a directory of the whole United Kingdom has 1.4 GB
MAX_PAPER = 32 * MEGABYTE            # code lists, metadata, licence
_MAX_LINE = 64 * 1024
_MAX_RATIO = 200                     # real members unpack to 4 to 12 times their packed size
BLOCK = 1 << 16                       # as much as stays in the processor's cache while it is parted into words


def refuse(where: str, line: int | None, what: str) -> NoReturn:
    """Raises the one sentence that names member and line."""
    raise Refusal(f"{where}{f', line {line:,}' if line else ''}: {what} Nothing was changed.", AGAIN)


def shown(text: str | bytes) -> str:
    """A stranger's text, short and printable, to be quoted in a sentence."""
    words = text.decode("latin-1") if isinstance(text, bytes) else text
    clean = "".join(letter if letter.isprintable() else "·" for letter in words[:61])
    return clean if len(clean) <= 60 else clean[:59] + "…"


@dataclass(frozen=True)
class Member:
    """One file inside the archive, or the plain file itself."""

    name: str                        # as shown in sentences
    size: int
    info: zipfile.ZipInfo | None


class Archive:
    """A zip, or one plain file treated as an archive of itself. A context manager."""

    def __init__(self, path: Path) -> None:
        """Opens and looks at the list of members. Raises Refusal for what is not fit to read, Trouble where the disk says no."""
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        try:
            with path.open("rb") as file:
                start = file.read(4)
                size = file.seek(0, io.SEEK_END)
            if not size:
                refuse(shown(path.name), None, "the file is empty.")
            if start[:2] == b"PK" or zipfile.is_zipfile(path):
                self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
            refuse(shown(path.name), None, "this is not a whole zip file; it may have been cut short on the way.")
        except OSError as error:
            raise Trouble(f"{shown(path.name)} could not be read: {error.strerror or 'the disk refused'}. Nothing was changed.",
                          "Check that the file is still there and may be read, then try again.") from error
        try:
            self.members = self._checked() if self._zip else (Member(shown(path.name), size, None),)
        except (Refusal, Trouble):
            self.close()
            raise

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip, not a plain file."""
        return self._zip is not None

    def _checked(self) -> tuple[Member, ...]:
        assert self._zip is not None
        infos, names, members = self._zip.infolist(), set(), []
        if len(infos) > MAX_MEMBERS:
            refuse(shown(self.path.name), None, f"the zip lists {len(infos):,} members, far more than any edition has.")
        for info in infos:
            name = info.orig_filename
            steps = name.replace("\\", "/").split("/")
            if len(name) > 200 or not name.isprintable() or ".." in steps or name.startswith(("/", "\\")) or ":" in name:
                refuse(shown(name), None, "no edition has a member with such a name.")
            if name.lower() in names:
                refuse(shown(name), None, "the zip holds this member twice.")
            names.add(name.lower())
            if not info.is_dir():
                if info.flag_bits & 1:
                    refuse(shown(name), None, "the member is locked with a password.")
                if info.file_size > MAX_TABLE or info.file_size > MEGABYTE + info.compress_size * _MAX_RATIO:
                    refuse(shown(name), None, f"the member would unpack to {info.file_size:,} bytes, far more than any edition has.")
                members.append(Member(name, info.file_size, info))
                self._agrees(members[-1])
        return tuple(members)

    def _agrees(self, member: Member) -> None:
        """The member's own header says the same name as the zip's list: a rotten name would else lose a table unseen."""
        try:
            self._open(member).close()
        except _BROKEN as error:
            _broken(member, None, error)

    def member(self, name: str) -> Member | None:
        """The member whose path ends so, in any case: 'doc/metadata.txt'."""
        return next((member for member in self.members if f"/{member.name.lower()}".endswith(f"/{name}")), None)

    def _open(self, member: Member) -> IO[bytes]:
        return self._zip.open(member.info) if self._zip and member.info else self.path.open("rb")

    def whole(self, member: Member, most: int = MAX_PAPER) -> bytes:
        """All bytes of a member that has no more than `most`. Raises Refusal."""
        if member.size > most:
            refuse(member.name, None, f"the member would unpack to {member.size:,} bytes, far more than any edition has.")
        try:
            with self._open(member) as file:
                return file.read(most + 1)
        except _BROKEN as error:
            _broken(member, None, error)

    def blocks(self, member: Member, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes, int]]:
        """(number of the first line, whole lines as they stand, without the last \\n, bytes read so far) until the member ends.

        With start only the lines that begin there or later, numbered from 1; with stop only those that begin before it. Both in whole
        BLOCKs, so that what one reader leaves the other takes. Raises Refusal.
        """
        line, rest, done = 1, b"", 0
        try:
            with self._open(member) as file:
                if start:
                    file.seek(start - 1)
                    done = start - 1 + len(file.readline(_MAX_LINE))
                while (stop is None or done < stop) and (block := file.read(BLOCK)):
                    done += len(block)
                    text, end, after = block.rpartition(b"\n")
                    text, rest = (rest + text, after) if end else (b"", rest + block)
                    ends = text.count(b"\n") + len(end)
                    if len(rest) > _MAX_LINE:
                        refuse(member.name, line + ends, "the line does not end.")
                    if end:
                        yield line, text, done
                    line += ends
                if rest and stop is not None:
                    rest = (rest + file.readline(_MAX_LINE)).removesuffix(b"\n")
        except _BROKEN as error:
            _broken(member, line, error)
        if rest:
            yield line, rest, done

    def close(self) -> None:
        """Lets go of the file."""
        if self._zip:
            self._zip.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def _broken(member: Member, line: int | None, error: Exception) -> NoReturn:
    if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):        # EINVAL: a rotten zip points before its own start
        raise Trouble(f"{member.name} could not be read: {error.strerror}. Nothing was changed.",
                      "Check that the file is still there and may be read, then try again.") from error
    if isinstance(error, NotImplementedError):
        refuse(member.name, line, "the member is packed in a way that the desk cannot read.")
    refuse(member.name, line, "the member is damaged from here on; its content does not fit its checksum, length or name."
           if line else "the member is damaged; its content does not fit its checksum, length or name.")


def bare(text: bytes) -> bytes:
    """Lines joined by \\n alone, whatever the publisher's machine ends them with."""
    return text.replace(b"\r\n", b"\n").removesuffix(b"\r")
