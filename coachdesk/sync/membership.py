"""Who belongs to the team and what they may write: signed statements, judged alike by every laptop in whatever order they arrived.

root > lead > coach. The root key is the printed recovery code and signs the team's founding; it adds the first lead, leads add others.
Seniority is the distance from the root. Level by level, signers speak: a statement counts when its signer was a member with that right and
was not cut off before it. A senior's revocation reaches every junior, a peer's reaches a peer; two peers who revoke each other are settled
by the smaller device id, which only the root can set right. Revoke beats add for ever: a laptop comes back as a new device only.
A revocation names what is still accepted: the last number of each incarnation, and the signer's statements; the rest is withheld, not lost.
Pure: no store, no files, no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from coachdesk.sync import envelope
from coachdesk.sync.envelope import device_of
from coachdesk.sync.wire import Malformed

MAGIC = b"CDM1"
LEAD, COACH, ROOT = "lead", "coach", "root"
KINDS = ("create", "add", "role", "revoke", "admit", "epoch", "retired")
MOST_STATEMENTS = 5_000

# What only a lead's laptop may write. Claims and their answers are one person's work (column kind single-writer, and what hangs on it);
# lots, contract, terms and who is in the team are agreed, not typed along the way. A coach's own sign-off of a month is theirs
# (activity_sign_off), and so is what an import of theirs made (programme_import).
LEADS_ONLY = frozenset({
    "claim", "claim_line", "claim_answer", "claim_choice", "claim_pay_term",
    "programme_contract", "programme_lot", "programme_pair", "programme_inclusion", "programme_body", "programme_tenure",
    "programme_member", "programme_term", "programme_scale", "programme_ward_count",
})


class Cut(msgspec.Struct, array_like=True, frozen=True):
    """The last number that is accepted of one incarnation."""

    inc: bytes
    seq: int


class Said(msgspec.Struct, omit_defaults=True, frozen=True):
    """What a statement says. Which fields count depends on its kind; nothing in it is a name or otherwise personal."""

    kind: str
    n: int                          # counts up for each signer
    at: str                         # when, by the signer's clock: for people, never for order
    key: bytes = b""                # public key: root's (create), a device's (add)
    dev: bytes = b""                # whom it is about (role, revoke, admit)
    role: str = ""
    member: bytes = b""             # the team member's id
    cuts: tuple[Cut, ...] = ()      # revoke, admit: last accepted numbers
    stands: tuple[bytes, ...] = ()  # revoke: hashes of statements that still stand
    epoch: bytes = b""
    number: int = 0
    hashes: tuple[bytes, ...] = ()  # retired segments


class Statement(NamedTuple):
    """A statement whose signature holds."""

    hash: bytes
    space: bytes
    key: bytes
    dev: bytes
    said: Said


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Said).decode


def state(said: Said, space: bytes, seed: bytes) -> bytes:
    """The signed bytes of a statement."""
    return envelope.sign(MAGIC, space, seed, _encode(said))


def read(data: bytes) -> Statement:
    """A statement from its bytes, signature checked. Malformed for anything else; one of a kind unknown here is kept and passed on."""
    cover = envelope.read_signed(MAGIC, data)
    try:
        said = _decode(cover.content)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Malformed("a statement") from None
    sizes = ((said.key, 32), (said.dev, 16), (said.member, 16), (said.epoch, 16))
    if any(len(value) not in (0, size) for value, size in sizes) or not 0 <= said.n < 2**63 or not 0 <= said.number < 2**31:
        raise Malformed("a statement")
    if any(len(cut.inc) != 8 or not 0 <= cut.seq < 2**63 for cut in said.cuts):
        raise Malformed("a statement")
    if any(len(one) != 32 for one in (*said.stands, *said.hashes)):
        raise Malformed("a statement")
    return Statement(envelope.hash_of(data), cover.space, cover.key, cover.dev, said)


def name(digest: bytes) -> str:
    """Where a statement stands in the shared place."""
    return f"team/{digest.hex()}.cdm"


@dataclass(frozen=True, slots=True)
class Device:
    """One laptop of the team. cut_off: it was revoked; cuts: what is still accepted of it then."""

    dev: bytes
    key: bytes
    role: str
    member: bytes
    level: int
    added_at: str
    cut_off: bool = False
    cut_at: str = ""
    cuts: dict[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Members:
    """The team as all statements together make it."""

    root: bytes                                     # public key; empty where nobody founded a team here
    devices: dict[bytes, Device] = field(default_factory=dict)
    epochs: tuple[tuple[int, bytes], ...] = ()      # number and id, in order; the last is the one to seal with
    retired: frozenset[bytes] = frozenset()
    counted: frozenset[bytes] = frozenset()         # hashes of the statements that count

    def role_of(self, dev: bytes) -> str | None:
        """`lead` or `coach`; None for who is not, or no more, in the team."""
        found = self.devices.get(dev)
        return None if found is None or found.cut_off else found.role

    def cut_of(self, dev: bytes, inc: bytes) -> int | None:
        """The last number accepted of a revoked laptop's incarnation; None where nothing is cut."""
        found = self.devices.get(dev)
        return found.cuts.get(inc, 0) if found is not None and found.cut_off else None

    def active(self) -> list[Device]:
        """Everybody who is in the team now, oldest first."""
        return sorted((one for one in self.devices.values() if not one.cut_off), key=lambda one: (one.level, one.added_at, one.dev))

    def judge(self, dev: bytes, inc: bytes, seq: int, entity: str, fields: object = ()) -> str | None:
        """None when an operation counts; else why it is withheld. Handed to `store.travel.take_in`."""
        found = self.devices.get(dev)
        if found is None:
            return "written by a laptop that is not in the team"
        if found.cut_off and seq > found.cuts.get(inc, 0):
            return "written after this laptop was reported lost"
        if found.role != LEAD and entity in LEADS_ONLY:
            return "only a lead's laptop may write this"
        return None

    def may(self, signer: bytes, kind: str) -> bool:
        """Whether a device may sign a statement of this kind now."""
        return self.role_of(signer) == LEAD and kind in KINDS and kind != "create"


NOBODY = Members(b"")
Judge = Callable[[bytes, bytes, int, str, object], str | None]


def evaluate(statements: Iterable[Statement], space: bytes, founding: bytes) -> Members:
    """The team, from any set of statements in any order. founding: the hash of the `create` statement that this space began with."""
    known = {one.hash: one for one in statements if one.space == space}
    begun = known.get(founding)
    if begun is None or begun.said.kind != "create" or begun.said.key != begun.key:
        return NOBODY
    by_signer: dict[bytes, list[Statement]] = defaultdict(list)
    for one in sorted(known.values(), key=lambda one: (one.said.n, one.hash)):
        by_signer[one.dev].append(one)
    return _Hearing(begun, by_signer).members()


class _Hearing:
    """One evaluation: levels from the root down, each signer heard once."""

    def __init__(self, begun: Statement, by_signer: dict[bytes, list[Statement]]) -> None:
        self._said = by_signer
        self._root = begun.dev
        self._root_key = begun.key
        self._level: dict[bytes, int] = {begun.dev: 0}
        self._heard: set[bytes] = set()
        self._added: dict[bytes, Statement] = {}
        self._role: dict[bytes, str] = {begun.dev: ROOT}
        self._cuts: dict[bytes, dict[bytes, int]] = {}
        self._cut_at: dict[bytes, str] = {}
        self._stands: dict[bytes, set[bytes]] = defaultdict(set)
        self._admitted: dict[bytes, dict[bytes, int]] = defaultdict(dict)
        self._epochs: set[tuple[int, bytes]] = set()
        self._retired: set[bytes] = set()
        self._counted: set[bytes] = {begun.hash}

    def members(self) -> Members:
        level = [self._root]
        while level:
            while waiting := [dev for dev in level if dev not in self._heard]:
                targets = {dev: self._peers_revoked(dev, level) for dev in waiting}
                free = [dev for dev in waiting if not any(dev in targets[other] for other in waiting)]
                dev = min(free or waiting)                      # where they revoke each other, the smaller id is heard first
                self._hear(dev)
                self._heard.add(dev)
            level = [dev for dev, at in self._level.items() if at == self._level[level[0]] + 1]
            self._give_roles(level)
        devices = {}
        for dev, added in self._added.items():
            cuts = dict(self._cuts.get(dev, {}))
            for inc, seq in self._admitted[dev].items():
                cuts[inc] = max(cuts.get(inc, 0), seq)
            devices[dev] = Device(dev, added.said.key, self._role[dev], added.said.member, self._level[dev], added.said.at,
                                  dev in self._cuts, self._cut_at.get(dev, ""), cuts if dev in self._cuts else {})
        return Members(self._root_key, devices, tuple(sorted(self._epochs)), frozenset(self._retired), frozenset(self._counted))

    def _standing(self, dev: bytes) -> list[Statement]:
        """What a signer said that was not cut off."""
        said = self._said.get(dev, [])
        return [one for one in said if one.hash in self._stands[dev]] if dev in self._cuts else said

    def _is_lead(self, dev: bytes) -> bool:
        return self._role.get(dev) in (LEAD, ROOT)

    def _peers_revoked(self, dev: bytes, level: list[bytes]) -> set[bytes]:
        if not self._is_lead(dev):
            return set()
        return {one.said.dev for one in self._standing(dev) if one.said.kind == "revoke" and one.said.dev in level and one.said.dev != dev}

    def _hear(self, dev: bytes) -> None:
        if not self._is_lead(dev):
            return
        for one in self._standing(dev):
            if self._takes(one, dev):
                self._counted.add(one.hash)

    def _give_roles(self, level: list[bytes]) -> None:
        """Roles of a level before it is heard: the last word of the most senior lead who spoke of it, else what it was added as."""
        last: dict[bytes, tuple[int, int, bytes, Statement]] = {}
        for dev in filter(self._is_lead, self._heard):
            for one in self._standing(dev):
                if one.said.kind == "role" and one.said.dev in level and one.said.role in (LEAD, COACH):
                    word = (-self._level[dev], one.said.n, one.hash, one)
                    last[one.said.dev] = max(last.get(one.said.dev, word), word, key=lambda word: word[:3])
        for dev, word in last.items():
            self._role[dev] = word[3].said.role
            self._counted.add(word[3].hash)

    def _takes(self, one: Statement, dev: bytes) -> bool:
        said, level = one.said, self._level[dev]
        if said.kind == "add" and len(said.key) == 32 and said.role in (LEAD, COACH) and len(said.member) == 16:
            return self._add(one, device_of(said.key), level)
        if said.kind == "epoch" and len(said.epoch) == 16:
            self._epochs.add((said.number, said.epoch))
            return True
        if said.kind == "retired":
            self._retired.update(said.hashes)
            return True
        if said.kind == "revoke" and len(said.dev) == 16 and said.dev not in (dev, self._root, *self._heard):
            return self._revoke(said)
        if said.kind == "admit" and len(said.dev) == 16:
            for cut in said.cuts:
                self._admitted[said.dev][cut.inc] = max(cut.seq, self._admitted[said.dev].get(cut.inc, 0))
            return True
        return False

    def _add(self, one: Statement, target: bytes, level: int) -> bool:
        if target in self._added or target == self._root:
            return False                                        # the most senior, then first, says who somebody is
        self._added[target], self._role[target], self._level[target] = one, one.said.role, level + 1
        return True

    def _revoke(self, said: Said) -> bool:
        cuts = self._cuts.setdefault(said.dev, {})
        for cut in said.cuts:
            cuts[cut.inc] = max(cut.seq, cuts.get(cut.inc, 0))
        self._stands[said.dev].update(said.stands)
        self._cut_at[said.dev] = max(self._cut_at.get(said.dev, ""), said.at)
        return True
