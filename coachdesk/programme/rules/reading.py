"""A programme template (TOML text) into a `Programme`; every Refusal names file, line, table and field.

The template's tables: the programme's own fields at the top, `[[bodies]]`, `[[lots]]` with `pairs`, `inclusions` and `tenures`,
`[[members]]`, `[[scales]]` (see `scales`), `[network]` (see `network`), `[terms]` (see `terms_table`).
`resources/programmes/connecting-communities.toml` shows every field.
"""

from __future__ import annotations

from collections.abc import Mapping

from coachdesk.errors import Refusal
from coachdesk.place.rules import postcode_of
from coachdesk.programme.rules.lots import find_lot, folded
from coachdesk.programme.rules.network import read_network
from coachdesk.programme.rules.scales import read_scales
from coachdesk.programme.rules.shapes import (
    LEAD_PROVIDER,
    MEMBER_ROLES,
    TENURE_ROLES,
    Body,
    Inclusion,
    LotPlan,
    Member,
    Programme,
    Tenure,
    WardPair,
    overlap,
)
from coachdesk.programme.rules.source import Table, parse
from coachdesk.programme.rules.terms_table import check_terms

WARD_CODE = r"[EWSN]\d{8}"
EDITION = r"\d{4}\.\d{1,2}(\.\d{1,2})?|\d{4}-(0[1-9]|1[0-2])"
MOST_YEARS = 100


def read_programme(text: str, name: str) -> Programme:
    """The programme that a template describes; `name` is the file's name for the sentences.

    Refusal: not TOML; a field missing, unknown or of the wrong kind; a span that ends before it begins; a ward that counts twice on one
    day in one edition; two lead providers of a lot on one day; a body or lot that is not in the template; terms of the wrong shape.
    """
    top = Table(parse(text, name), (), text, name)
    title, contract = top.text("name"), top.text("contract")
    controller, processor = top.text("controller"), top.text("processor")
    years = top.whole("retention_years", 1, MOST_YEARS)
    first, last = top.span()
    connections = top.texts("connections")
    bodies = _bodies(top)
    lots = _lots(top, {body.name for body in bodies})
    names = {lot.name: lot.aliases for lot in lots}
    members = _members(top, {body.name for body in bodies}, names)
    scales = read_scales(top)
    network = read_network(top)
    terms = top.table("terms")
    check_terms(terms, list(names))
    top.done()
    return Programme(title, contract, controller, processor, years, first, last, bodies, lots, members, terms.values, connections, scales,
                     network)


def _bodies(top: Table) -> tuple[Body, ...]:
    found: dict[str, Body] = {}
    for table in top.tables("bodies", needed=True):
        body = Body(table.text("name"), table.text("kind"))
        table.done()
        if body.name in found:
            table.refuse("name", f"there are two bodies called {body.name}")
        found[body.name] = body
    return tuple(found.values())


def _lots(top: Table, bodies: set[str]) -> tuple[LotPlan, ...]:
    lots: list[LotPlan] = []
    called: dict[str, str] = {}
    for table in top.tables("lots", needed=True):
        lot = LotPlan(
            table.text("name"), table.texts("aliases"),
            table.text("district_code", shape=WARD_CODE, meant="a code like E08000025"), table.text("district_name"),
            _pairs(table), _inclusions(table), _tenures(table, bodies),
        )
        table.done()
        if not lot.pairs and not lot.inclusions:
            table.refuse("pairs", "a lot needs at least one ward, or postcodes taken in by hand")
        for each in (lot.name, *lot.aliases):
            key = folded(each).replace(" ", "")
            if not key:
                table.refuse("aliases" if each in lot.aliases else "name", f"“{each}” has no letters to find the lot by")
            if called.setdefault(key, lot.name) != lot.name or any(each_lot.name == lot.name for each_lot in lots):
                table.refuse("aliases" if each in lot.aliases else "name", f"“{each}” already means the lot {called[key]}")
        lots.append(lot)
    return tuple(lots)


def _pairs(lot: Table) -> tuple[WardPair, ...]:
    pairs: list[WardPair] = []
    for table in lot.tables("pairs"):
        first, last = table.span()
        pair = WardPair(
            table.text("ward", shape=WARD_CODE, meant="a ward code like E05001287"), table.text("name"),
            table.text("edition", shape=EDITION, meant='an edition like "2021.4.0" or "2021-11"'), first, last,
        )
        table.done()
        for other in pairs:
            if (other.ward_code, _edition_key(other.edition)) == (pair.ward_code, _edition_key(pair.edition)) and overlap(other, pair):
                table.refuse("from", f"{pair.ward_code} of edition {pair.edition} already counts on some of these days")
        pairs.append(pair)
    return tuple(pairs)


def _edition_key(edition: str) -> str:
    """`2021.4` and `2021.4.0` are one edition."""
    return edition[:-2] if edition.count(".") == 2 and edition.endswith(".0") else edition


def _inclusions(lot: Table) -> tuple[Inclusion, ...]:
    taken: list[Inclusion] = []
    for table in lot.tables("inclusions"):
        written = table.text("postcode")
        postcode = postcode_of(written)
        if postcode is None:
            table.refuse("postcode", f"“{written}” is not a postcode")
        inclusion = Inclusion(postcode, table.text("reason"), table.day_or_none("from"), table.day_or_none("to"))
        table.done()
        if inclusion.from_ and inclusion.to and inclusion.to < inclusion.from_:
            table.refuse("to", "it ends before it begins")
        if any(other.postcode == postcode and overlap(other, inclusion) for other in taken):
            table.refuse("postcode", f"{postcode} is already taken in on some of these days")
        taken.append(inclusion)
    return tuple(taken)


def _tenures(lot: Table, bodies: set[str]) -> tuple[Tenure, ...]:
    tenures: list[Tenure] = []
    for table in lot.tables("tenures", needed=True):
        first, last = table.span()
        tenure = Tenure(table.text("body"), table.text("role", among=TENURE_ROLES), first, last, table.texts("duties"))
        table.done()
        if tenure.body not in bodies:
            table.refuse("body", f"“{tenure.body}” is not among the bodies")
        for other in tenures:
            if overlap(other, tenure) and other.role == tenure.role == LEAD_PROVIDER:
                table.refuse("from", f"{other.body} is still the lead provider on some of these days; a lot has one at a time")
            if overlap(other, tenure) and (other.body, other.role) == (tenure.body, tenure.role):
                table.refuse("from", f"{tenure.body} is already {tenure.role} on some of these days")
        tenures.append(tenure)
    return tuple(tenures)


def _members(top: Table, bodies: set[str], names: Mapping[str, tuple[str, ...]]) -> tuple[Member, ...]:
    members: list[Member] = []
    for table in top.tables("members"):
        first, last = table.span()
        member = Member(
            table.text("name"), table.text("role", among=MEMBER_ROLES), table.text("employer"), _lots_served(table, names), first, last
        )
        table.done()
        if member.employer not in bodies:
            table.refuse("employer", f"“{member.employer}” is not among the bodies")
        if any((other.name, other.role) == (member.name, member.role) and overlap(other, member) for other in members):
            table.refuse("name", f"{member.name} is already {member.role} on some of these days")
        members.append(member)
    return tuple(members)


def _lots_served(table: Table, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The member's lots by their full names; all lots where the field is missing."""
    if not table.has("lots"):
        table.texts("lots")
        return tuple(names)
    served: list[str] = []
    for each in table.texts("lots", needed=True):
        try:
            served.append(find_lot(names, each))
        except Refusal as wrong:
            table.refuse("lots", f"“{each}” is not one lot of this programme ({wrong.next_step.rstrip('.')})")
    return tuple(dict.fromkeys(served))
