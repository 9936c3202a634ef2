"""From the rooms to paper: each report by its name, gathered in one read and handed to the page that draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework import queries as casework_queries
from coachdesk.claim import queries as claim_queries
from coachdesk.clock import month_from_text, month_text
from coachdesk.documents.activity_reports import ACTIVITY_REPORTS
from coachdesk.documents.addresses import AddressSheet, address_sheet
from coachdesk.documents.caseload import CaseloadLine, caseload_summary
from coachdesk.documents.claim_reports import schedule, whole
from coachdesk.documents.claim_schedule import claim_schedule
from coachdesk.documents.network_reports import NETWORK_REPORTS
from coachdesk.documents.person_reports import PERSON_REPORTS, edition_review_of
from coachdesk.documents.person_reports import Chosen as OfPeople
from coachdesk.documents.place_reports import PLACE_REPORTS, Chosen
from coachdesk.documents.referral_reports import LEDGERS, REFERRAL_REPORTS, of_months
from coachdesk.documents.session_register import RegisterEntry, RegisterSheet, session_register
from coachdesk.documents.style import Paper, Printed
from coachdesk.errors import Refusal, Trouble
from coachdesk.outreach import queries as outreach_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.programme import rules as programme_rules

REGISTER_ROWS = 30


@dataclass(frozen=True)
class By:
    """Who prints, and whether it is the sample programme."""

    name: str
    is_sample: bool


def printed_by(store: Any) -> By:
    """The store's owner."""
    return By(store.desk.owner_name, store.desk.sample_day is not None)


def write(
    session: Session,
    name: str,
    out: Path | BinaryIO,
    by: By,
    *,
    lot: UUID | None = None,
    coach: UUID | None = None,
    month: int | None = None,
    chosen: UUID | None = None,
    of_people: OfPeople | None = None,
) -> Paper:
    """Writes one report as PDF; of_people says all that is chosen, for reports about people.

    Refusal for an unknown name or a missing choice; Trouble when the disk says no.
    """
    report = REPORTS.get(name)
    if report is None:
        raise Refusal(f"There is no report called {name}.", f"Reports: {', '.join(REPORTS)}.")
    if isinstance(out, Path) and not out.parent.is_dir():
        raise Trouble(f"There is no folder {out.parent}.", "Make it first, or choose another. Nothing was written.")
    if name == "action-plan":
        chosen = of_people.person if of_people else chosen
    if of_people is not None and name in PERSON_REPORTS:
        return PERSON_REPORTS[name](session, _printed(session, by, lot, coach, None), out, of_people)
    if name in LEDGERS:
        months = of_months(of_people or OfPeople(lot), month, chosen)
        return LEDGERS[name](session, _printed(session, by, lot, None, None), out, months)
    return report(session, out, by, lot, coach, month, chosen)


def _printed(session: Session, by: By, lot: UUID | None, coach: UUID | None, month: int | None) -> Printed:
    return Printed(
        by.name,
        casework_queries.moment(session).astimezone(),
        programme_queries.contract(session).name,
        programme_queries.lot_name(session, lot) if lot else "All lots",
        programme_queries.member_names(session).get(coach, "") if coach else "",
        month_text(month) if month is not None else None,
        by.is_sample,
    )


def printed_for(session: Session, by: By, lot: UUID | None = None) -> Printed:
    """Head and foot of a paper that a screen draws itself."""
    return _printed(session, by, lot, None, None)


def edition_review(session: Session, edition: str | None, out: Path | BinaryIO, by: By) -> Paper:
    """Whose verdict one postcode edition would give otherwise."""
    return edition_review_of(session, edition, _printed(session, by, None, None, None), out)


def caseload(
    session: Session, out: Path | BinaryIO, by: By, lot: UUID | None, coach: UUID | None, month: int | None, chosen: UUID | None
) -> Paper:
    """The caseload summary that a team lead prints."""
    rows = casework_queries.caseload(session, lot=lot, coach=coach)
    totals = casework_queries.totals(rows)
    lines = [
        CaseloadLine(
            row.reference,
            row.name,
            row.lot,
            row.coach,
            row.registered_on,
            row.verdict,
            _of_needed(row.meaningful),
            row.last_contact_on,
            row.next_what,
            row.next_on,
            row.state,
        )
        for row in rows
    ]
    return caseload_summary(lines, totals, _printed(session, by, lot, coach, None), out)


def _of_needed(count: int) -> str:
    """`2 of 3`; whoever has more than are needed has them all."""
    return f"{min(count, casework_queries.NEEDED)} of {casework_queries.NEEDED}"


def addresses(
    session: Session, out: Path | BinaryIO, by: By, lot: UUID | None, coach: UUID | None, month: int | None, chosen: UUID | None
) -> Paper:
    """One page for Jobcentre and partners: which addresses count."""
    if lot is None:
        raise Refusal("The address sheet is of one lot.", "Choose the lot. Nothing was printed.")
    plan, day, shelf = programme_queries.plan(session, lot), casework_queries.today(session), programme_queries.shelf_of(session)
    wards: list[str] = []
    titles: list[str] = []
    lines: list[str] = []
    notes: list[str] = []
    found: set[str] = set()
    for pair in programme_rules.in_force(plan.pairs, day):
        edition = shelf.edition(pair.edition)
        wards.append(pair.ward_name)
        if edition is None:
            notes.append(
                f"{pair.ward_name} ({pair.ward_code}) cannot be listed here: its edition {pair.edition} is not on this computer. "
                "We check those addresses by hand."
            )
            continue
        titles.append(edition.title)
        lines += edition.attribution.splitlines() if isinstance(edition.attribution, str) else edition.attribution
        found.update(edition.postcodes_in(pair.ward_code))
    for extra in programme_rules.in_force(plan.inclusions, day):
        found.add(extra.postcode)
        notes.append(f"{extra.postcode} counts by agreement: {extra.reason}")
    sectors: dict[str, list[str]] = {}
    for postcode in sorted(found):
        sectors.setdefault(postcode[:-2], []).append(postcode[-2:])
    provider = next((each.body for each in programme_rules.tenures_on(plan, day) if "recruiting" in each.duties), "")
    reach = f"Ask for {provider}" if provider else "Ask for the lead provider"
    sheet = AddressSheet(
        plan.name,
        tuple(dict.fromkeys(wards)),
        plan.district_name,
        tuple(dict.fromkeys(titles)),
        tuple((sector, tuple(units)) for sector, units in sectors.items()),
        tuple(notes),
        reach,
        tuple(dict.fromkeys(line for line in lines if line.strip())),
        len(found),
    )
    return address_sheet(sheet, _printed(session, by, lot, None, None), out)


def register(
    session: Session, out: Path | BinaryIO, by: By, lot: UUID | None, coach: UUID | None, month: int | None, chosen: UUID | None
) -> Paper:
    """Numbered blank rows for an outreach session: as many as were printed before, else 30."""
    row = _session_of(session, chosen)
    return session_register(_register_sheet(row, row.register_rows or REGISTER_ROWS), _printed(session, by, row.lot_id, None, None), out)


def register_keyed(
    session: Session, out: Path | BinaryIO, by: By, lot: UUID | None, coach: UUID | None, month: int | None, chosen: UUID | None
) -> Paper:
    """The register of an outreach session as it was keyed, with the rows that are blank or still to key."""
    row = _session_of(session, chosen)
    paper = outreach_queries.register(session, row.id)
    people = outreach_queries.contacts(session, session_id=row.id)[::-1]
    lines = [
        RegisterEntry(each.register_number, each.name, each.phone or "", each.postcode or "", ", ".join(each.topics), each.note or "",
                      each.follow_up_on)
        for each in people
    ]
    lines += [RegisterEntry(number, "", "", "", "", "", None, "blank on paper") for number in (paper.blank if paper else ())]
    lines += [RegisterEntry(number, "", "", "", "", "", None, "still to key") for number in (paper.still_to_key if paper else ())]
    lines.sort(key=lambda line: line.number or 10_000)
    counted = (f"{row.people:,} people, {row.contacts:,} by name and {row.tallied:,} counted · {row.leaflets:,} leaflets · "
               f"{row.turned_away:,} turned away")
    sheet = replace(_register_sheet(row, row.register_rows or REGISTER_ROWS), lines=tuple(lines), counted=counted)
    return session_register(sheet, _printed(session, by, row.lot_id, None, None), out)


def _session_of(session: Session, chosen: UUID | None) -> outreach_queries.SessionRow:
    row = outreach_queries.session_row(session, chosen) if chosen else None
    if row is None:
        raise Refusal("The session register is of one outreach session.", "Choose the session. Nothing was printed.")
    return row


def _register_sheet(row: outreach_queries.SessionRow, rows: int) -> RegisterSheet:
    """reference: the day and the last signs of the session's id, so that a sheet finds its session again."""
    return RegisterSheet(
        row.kind.capitalize(),
        row.venue,
        row.held_on,
        "–".join(part for part in (row.starts_at, row.ends_at) if part),
        f"{row.coach}, covered by {row.covered_by}" if row.covered_by else row.coach,
        ", ".join(row.hosts),
        f"{row.held_on:%Y%m%d}-{row.id.hex[-4:].upper()}",
        rows,
    )


def claim(
    session: Session, out: Path | BinaryIO, by: By, lot: UUID | None, coach: UUID | None, month: int | None, chosen: UUID | None
) -> Paper:
    """The claim schedule of one lot and month."""
    if lot is None or month is None:
        raise Refusal("The claim schedule is of one lot and one month.", "Choose both. Nothing was printed.")
    return claim_schedule(schedule(session, lot, month), _printed(session, by, lot, None, month), out)


def claim_pack(session: Session, claim_id: UUID, folder: Path, by: By) -> list[Path]:
    """The paper of a saved claim's pack, in a folder; answers the files."""
    row = next((each for each in claim_queries.claims(session) if each.id == claim_id), None)
    if row is None:
        raise Refusal("There is no such claim.", "Take the id from the list of claims. Nothing was written.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Trouble(f"The folder could not be made: {problem.strerror}.", "Choose another. Nothing was written.") from None
    out = folder / f"{claim_stem(row)}.pdf"
    month = month_from_text(row.month)
    claim_schedule(whole(session, row.lot_id, month), _printed(session, by, row.lot_id, None, month), out)
    return [out]


def claim_stem(row: claim_queries.ClaimRow) -> str:
    """How the files of a claim's pack begin: claim-shard-end-2020-05."""
    return f"claim-{programme_rules.folded(row.lot).replace(' ', '-')}-{row.month}"


def _of_places(report: Callable[[Session, Printed, Path | BinaryIO, Chosen], Paper]) -> Callable[..., Paper]:
    def draw(
        session: Session, out: Path | BinaryIO, by: By, lot: UUID | None, coach: UUID | None, month: int | None, chosen: UUID | None
    ) -> Paper:
        return report(session, _printed(session, by, lot, None, month), out, (lot, month, chosen))

    return draw


def _of_people(report: Callable[..., Paper]) -> Callable[..., Paper]:
    def draw(
        session: Session, out: Path | BinaryIO, by: By, lot: UUID | None, coach: UUID | None, month: int | None, chosen: UUID | None
    ) -> Paper:
        return report(session, _printed(session, by, lot, coach, None), out, OfPeople(lot, coach, chosen))

    return draw


REPORTS: dict[str, Callable[..., Paper]] = {
    "caseload": caseload, "claim": claim, "addresses": addresses, "session-register": register, "session-register-keyed": register_keyed,
    **{name: _of_places(report) for name, report in (PLACE_REPORTS | NETWORK_REPORTS).items()},
    **{name: _of_people(report) for name, report in (PERSON_REPORTS | REFERRAL_REPORTS | ACTIVITY_REPORTS).items()},
}
