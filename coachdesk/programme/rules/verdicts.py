"""The verdict on an address: does it count for a lot on a day, by which ward of which edition, and what to do when nobody can tell.

DOMAIN §6: eligible if any (ward, edition) pair in force matches in its own edition; not eligible only if every pair's edition is installed
and knows the postcode with a ward; else check by hand. A terminated or large-user postcode says nothing about where somebody lives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coachdesk.clock import day_text, month_of, month_text
from coachdesk.errors import Refusal
from coachdesk.place.rules import area_of, postcode_of
from coachdesk.programme.rules.lots import folded, spoken_list
from coachdesk.programme.rules.pairs import edition_title, edition_to_import
from coachdesk.programme.rules.shapes import (
    BY_CONNECTION,
    BY_HAND,
    BY_RESIDENCE,
    NOT_ELIGIBLE,
    SITUATIONS,
    EditionLike,
    LocatedLike,
    LooksUp,
    LotPlan,
    Verdict,
    WardPair,
    in_force,
)
from coachdesk.programme.rules.unknown import closed_words, not_held, shelf_of

EDITION_MISSING, NOT_COVERED, UNKNOWN, CLOSED, NO_WARD, LARGE_USER = (
    "edition missing", "area not imported", "unknown postcode", "closed postcode", "no ward", "large-user postcode"
)
_OBSTACLES = (EDITION_MISSING, NOT_COVERED, UNKNOWN, CLOSED, NO_WARD, LARGE_USER)
_NOWHERE: Mapping[str, tuple[int, int]] = {}
LONGEST_NOTE = 500


@dataclass(frozen=True)
class _Finding:
    """What one pair's own edition says of the postcode; `obstacle` is why it settles nothing, or empty."""

    pair: WardPair
    edition: EditionLike | None
    located: LocatedLike | None
    obstacle: str

    @property
    def matches(self) -> bool:
        return not self.obstacle and self.located is not None and self.located.ward_code == self.pair.ward_code


def accepted_connection(connections: Sequence[str], text: str) -> str:
    """The accepted reason that `text` means, in the contract's own words; Refusal listing the reasons where it is none of them."""
    for reason in connections:
        if folded(reason) == folded(text):
            return reason
    if not connections:
        raise Refusal("This programme accepts no connections.", "Only an address in the lot counts.")
    said = f"“{text.strip()}” is not a connection that this programme accepts." if text.strip() else "A connection needs a reason."
    raise Refusal(said, f"Accepted are: {'; '.join(connections)}.")


def verdict(
    lot: LotPlan, postcode_text: str | None, on: date, editions: LooksUp, lots: Sequence[LotPlan] = (), *,
    connection: str | None = None, connection_note: str = "", situation: str = "address",
    centres: Mapping[str, tuple[int, int]] = _NOWHERE, connections: Sequence[str] | None = None,
) -> Verdict:
    """The verdict on a person's address for one lot on one day.

    `lots` and `centres` (easting, northing in metres) let a "not eligible" name the nearest lot. A `connection` counts only where
    residence does not; `connections`, where given, are the contract's accepted reasons. For "no fixed abode" and "refuge" no postcode is
    read, and none is kept. Refusal: a text that is no postcode, a connection without an accepted reason, an unknown situation.
    """
    if situation not in SITUATIONS:
        raise Refusal(f"“{situation}” is not a kind of address.", f"Say one of: {', '.join(SITUATIONS)}.")
    reason = _reason(connection, connections)
    if len(connection_note) > LONGEST_NOTE:
        raise Refusal(f"The note on the connection is longer than {LONGEST_NOTE} characters.", "Shorten it; nothing was changed.")
    if situation != "address":
        judged = _without_address(lot, on, situation)
    elif postcode_text is None or not postcode_text.strip():
        judged = _unsettled(lot, on, "no postcode", "Without a postcode nobody can tell which ward the address is in. "
                            "Ask for the postcode, or check the address by hand.")
    else:
        judged = _by_address(lot, _postcode(postcode_text), on, editions, lots, centres)
    if reason is None or judged.verdict == BY_RESIDENCE:
        return judged
    note = f" ({connection_note.strip()})" if connection_note.strip() and situation != "refuge" else ""
    return replace(judged, verdict=BY_CONNECTION, method="connection", nearest=None,
                   sentence=f"Counts for the {lot.name} lot by a connection: {reason}{note}.")


def _reason(connection: str | None, connections: Sequence[str] | None) -> str | None:
    if connection is None:
        return None
    if connections is not None:
        return accepted_connection(connections, connection)
    if not connection.strip():
        raise Refusal("A connection needs a reason.", "Choose one of the reasons that the contract accepts.")
    return connection.strip()


def _postcode(text: str) -> str:
    postcode = postcode_of(text)
    if postcode is None:
        raise Refusal(f"“{text.strip()[:20]}” is not a postcode.", "Write it like B37 5TX, or leave it empty if it is not known.")
    return postcode


def _without_address(lot: LotPlan, on: date, situation: str) -> Verdict:
    if situation == "refuge":
        return _unsettled(lot, on, situation, "The address of a refuge is never asked for or written down. "
                          f"The lead of the {lot.name} lot decides by hand, or a connection with the ward counts.")
    return _unsettled(lot, on, situation, "Somebody without a fixed abode needs no postcode. "
                      f"The lead of the {lot.name} lot decides by hand, or a connection with the ward counts.")


def _unsettled(lot: LotPlan, on: date, method: str, sentence: str, postcode: str | None = None, edition: str | None = None) -> Verdict:
    return Verdict(postcode, lot.name, on, BY_HAND, None, None, edition, method, sentence)


def _by_address(lot: LotPlan, postcode: str, on: date, editions: LooksUp, lots: Sequence[LotPlan],
                centres: Mapping[str, tuple[int, int]]) -> Verdict:
    """Residence: a ward in force, an inclusion in force, or what stands in the way of saying no."""
    findings = _findings(lot, postcode, on, editions)
    for each in findings:
        if each.matches and each.edition is not None:
            name = (each.located.ward_name if each.located else None) or each.pair.ward_name
            return Verdict(postcode, lot.name, on, BY_RESIDENCE, each.pair.ward_code, name, each.edition.name, "ward",
                           f"{postcode} is in {name} ward, which counts for the {lot.name} lot ({edition_title(each.edition)})."
                           f"{_at_the_boundary(postcode, each, findings, counts=False)}")
    known = next((each for each in findings if not each.obstacle), None)
    code, ward, edition = _ward_of(known)
    for taken in in_force(lot.inclusions, on):
        if taken.postcode == postcode:
            return Verdict(postcode, lot.name, on, BY_RESIDENCE, code, ward, edition, "inclusion",
                           f"{postcode} counts for the {lot.name} lot: it was taken in by hand ({taken.reason.rstrip('.')}).")
    if not findings and (lot.pairs or not in_force(lot.inclusions, on)):
        return _unsettled(lot, on, "no ward in force", f"On {day_text(on)} no ward counted for the {lot.name} lot, so {postcode} "
                          "cannot be judged by its address. Check by hand, or ask about another day.", postcode)
    obstacles = sorted((each for each in findings if each.obstacle), key=lambda each: _OBSTACLES.index(each.obstacle))
    if obstacles:
        first = obstacles[0]
        named = edition or (first.edition.name if first.edition else first.pair.edition)
        own = _own_lot(lot, postcode, on, editions, lots) if first.edition is None else None
        return Verdict(postcode, lot.name, on, BY_HAND, code, ward, named, first.obstacle,
                       _why_by_hand(lot, postcode, first, len(findings) == 1, own, editions), own)
    return _no(lot, postcode, on, editions, lots, centres, findings)


def _findings(lot: LotPlan, postcode: str, on: date, editions: LooksUp) -> list[_Finding]:
    """Every pair in force, asked in its own edition; the newest span and edition first."""
    pairs = sorted(in_force(lot.pairs, on), key=lambda pair: (pair.from_, pair.edition), reverse=True)
    return [_ask(pair, postcode, on, editions.edition(pair.edition)) for pair in pairs]


def _ask(pair: WardPair, postcode: str, on: date, edition: EditionLike | None) -> _Finding:
    if edition is None:
        return _Finding(pair, None, None, EDITION_MISSING)
    located = edition.lookup(postcode)
    if located is None:
        return _Finding(pair, edition, None, UNKNOWN if edition.covers(postcode) else NOT_COVERED)
    closed = getattr(located, "terminated_on", None)
    obstacle = ""
    if closed and closed <= month_text(month_of(on)):
        obstacle = CLOSED
    elif getattr(located, "large_user", None):
        obstacle = LARGE_USER
    elif not located.ward_code:
        obstacle = NO_WARD
    return _Finding(pair, edition, located, obstacle)


def _ward_of(finding: _Finding | None) -> tuple[str | None, str | None, str | None]:
    """Ward code, ward name and edition of a finding that settled something."""
    if finding is None or finding.edition is None or finding.located is None:
        return None, None, None
    return finding.located.ward_code, finding.located.ward_name, finding.edition.name


def _why_by_hand(lot: LotPlan, postcode: str, finding: _Finding, alone: bool, own: str | None, editions: LooksUp) -> str:
    if finding.edition is None:
        wanted = edition_to_import(finding.pair.edition)
        return (f"The {lot.name} lot {'counts' if alone else 'also counts'} {finding.pair.ward_name} ward as it was in {wanted}, "
                "which is not on this device. "
                f"Import {wanted} and ask again about {postcode}, or check by hand"
                + (f"; it counts for the {own} lot." if own else "."))
    title = edition_title(finding.edition)
    if finding.obstacle == UNKNOWN:
        return f"{not_held(postcode, finding.edition, shelf_of(editions))} Check the address by hand."
    area = area_of(postcode)
    ended = getattr(finding.located, "terminated_on", None)
    return {
        NOT_COVERED: f"{title}, as it is on this device, holds no {area} postcodes, so {postcode} cannot be looked up. "
                     f"Import it again with {area}, or check by hand.",
        CLOSED: f"{postcode} is a closed postcode{f': it {closed_words(ended)}' if ended else ''} ({title}), so the address has another "
                "one now. Check the address by hand.",
        NO_WARD: f"{postcode} has no ward in {title}. Check the address by hand.",
        LARGE_USER: f"{postcode} belongs to one large user of post and lies at the sorting office in {title}. Check the address by hand.",
    }[finding.obstacle]


def _no(lot: LotPlan, postcode: str, on: date, editions: LooksUp, lots: Sequence[LotPlan], centres: Mapping[str, tuple[int, int]],
        findings: Sequence[_Finding]) -> Verdict:
    code, ward, edition = _ward_of(findings[0] if findings else None)
    own = _own_lot(lot, postcode, on, editions, lots)
    nearest = own or _closest(lot, findings, lots, centres)
    if own:
        where = f"It counts for the {own} lot; ask there."
    elif nearest == lot.name:
        where = "No other lot is nearer; a connection with the ward may still count."
    else:
        where = f"The nearest lot is {nearest}." if nearest else "A connection with the ward may still count."
    if not findings:
        return Verdict(postcode, lot.name, on, NOT_ELIGIBLE, None, None, None, "not on the list",
                       f"{postcode} is not on the {lot.name} lot's list of postcodes. {where}", nearest)
    titles = list(dict.fromkeys(edition_title(each.edition) for each in findings if each.edition))
    place = f"{ward} ward" if ward else f"ward {code}"
    return Verdict(postcode, lot.name, on, NOT_ELIGIBLE, code, ward, edition, "ward",
                   f"{postcode} is in {place}, which is not part of the {lot.name} lot ({spoken_list(titles)})."
                   f"{_at_the_boundary(postcode, findings[0], findings, counts=True)} {where}", nearest)


def _at_the_boundary(postcode: str, finding: _Finding, findings: Sequence[_Finding], *, counts: bool) -> str:
    """What to look at where homes within 100 metres lie in another ward that would change the verdict; `counts`: one that counts."""
    around = getattr(finding.edition, "wards_around", None)
    if around is None or finding.edition is None:
        return ""
    own = {each.pair.ward_code for each in findings if each.edition is not None and each.edition.name == finding.edition.name}
    names = [name for code, name in around(postcode).items() if (code in own) == counts]
    if not names:
        return ""
    said = "counts" if counts else "does not count"
    return f" It lies at the boundary with {spoken_list(names)} ward, which {said}: check the address."


def _own_lot(lot: LotPlan, postcode: str, on: date, editions: LooksUp, lots: Sequence[LotPlan]) -> str | None:
    """The other lot in whose own wards or inclusions the postcode is."""
    for other in lots:
        included = any(each.postcode == postcode for each in in_force(other.inclusions, on))
        if other.name != lot.name and (included or any(each.matches for each in _findings(other, postcode, on, editions))):
            return other.name
    return None


def _closest(lot: LotPlan, findings: Sequence[_Finding], lots: Sequence[LotPlan], centres: Mapping[str, tuple[int, int]]) -> str | None:
    """The lot whose centre is nearest to the postcode's position; None where no position or centre is known."""
    for each in findings:
        east, north = (each.located.easting, each.located.northing) if each.located else (None, None)
        if east and north:
            reach = {other.name: (centres[other.name][0] - east) ** 2 + (centres[other.name][1] - north) ** 2
                     for other in (*lots, lot) if other.name in centres}
            return min(reach, key=lambda name: (reach[name], name)) if reach else None
    return None
