"""Commands about postcodes, and `describe`: no store, no passphrase."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Generator
from typing import Any

from coachdesk.cli.answer import Answer
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.place.editions import Edition, Located, Shelf, open_shelf
from coachdesk.place.rules import postcode_of


def postcodes(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """import, editions, lookup."""
    if options.deed == "import":
        _import(options, parts, answer)
    elif options.deed == "editions":
        shelf = open_shelf(parts.places)
        rows = [
            {
                "edition": each.name,
                "title": each.title,
                "day": each.day,
                "postcodes": each.count,
                "areas": list(each.areas),
                "attribution": list(each.attribution) if not isinstance(each.attribution, str) else each.attribution,
            }
            for each in shelf.editions()
        ]
        for sentence in shelf.damaged:
            answer.note(sentence)
        answer.give(rows)
    else:
        _lookup(options, parts, answer)


def _import(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    from coachdesk.place.actions import import_postcodes

    areas = [area.strip().upper() for area in options.region.split(",") if area.strip()]
    if options.region and not areas:
        raise Refusal(f"“{options.region}” names no postcode area.", "Write areas like B,CV,WS, or leave --region out for all of them.")
    made = _to_the_end(import_postcodes(options.file, parts.places.editions, areas=areas, edition=options.edition))
    answer.give(
        {"edition": made.name, "title": made.title, "postcodes": made.count, "without_ward": made.without_ward, "bytes": made.bytes},
        f"{made.title}: {made.count:,} postcodes imported, {made.without_ward} of them without a ward.",
    )


def _to_the_end(steps: Generator[Any, None, Any]) -> Any:
    """Runs an import, with its progress on a terminal; answers what it made."""
    shown = sys.stderr.isatty()
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            if shown:
                print(file=sys.stderr)
            return end.value
        if shown:
            print(f"\r{step.what}: {step.done} of {step.total}   ", end="", file=sys.stderr, flush=True)


def boundaries(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """import, list."""
    from coachdesk.place.boundaries import Boundaries

    if options.deed == "import":
        from coachdesk.place.boundary_import import import_boundaries

        made = _to_the_end(import_boundaries(options.file, parts.places.editions))
        answer.give(
            {"year": made.year, "wards": made.wards, "total": made.total, "bytes": made.bytes},
            f"Boundaries of {made.wards:,} wards of {made.year} imported; {made.total:,} of that year are on this device now.",
        )
        return
    found = Boundaries(*open_shelf(parts.places).folders)
    rows = []
    for year in reversed(found.years()):
        files = [each for each in found.sets() if each.year == year]
        own = [each.path.parent == parts.places.editions for each in files]
        wards = {code for each in files for code in each.wards}
        rows.append({"year": year, "wards": len(wards), "ships": not all(own), "imported": any(own),
                     "attribution": "; ".join(found.attribution([year]))})
    for sentence in found.damaged:
        answer.note(sentence)
    answer.give(rows, None if rows else "No ward boundaries are on this device. Import some with `coachdesk boundaries import FILE`.")


def _lookup(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    known = postcode_of(options.postcode)
    if known is None:
        raise Refusal(f"“{options.postcode}” is not a postcode.", "Type it again, for example B34 7QX.")
    shelf = open_shelf(parts.places)
    on = options.on or parts.clock.today()
    edition = shelf.on(on)
    if edition is None:
        raise Refusal("There is no postcode edition on this device.", "Import one with `coachdesk postcodes import FILE`.")
    found: Located | None = edition.lookup(known)
    note = _lookup_note(known, found, edition, shelf)
    where = {
        "postcode": known,
        "ward_code": found.ward_code if found else None,
        "ward_name": found.ward_name if found else None,
        "district_code": found.district_code if found else None,
        "edition": edition.name,
        "terminated_on": found.terminated_on if found else None,
        "large_user": found.large_user if found else None,
        "boundary_with": [*edition.wards_around(known).values()],
        "note": note,
    }
    if found is None or found.ward_code is None:
        text = note
    else:
        text = f"{known} is in {found.ward_name or 'ward'} ({found.ward_code}) by {edition.title}. {note}".rstrip()
    answer.give(where, text)


def _lookup_note(postcode: str, found: Located | None, edition: Edition, shelf: Shelf) -> str:
    """What must be known beside the ward: that nobody can tell, or that the postcode says little about where somebody lives."""
    from coachdesk.programme.rules import closed_words, not_held

    if found is None:
        why = not_held(postcode, edition, shelf.editions()) if edition.covers(postcode) else (
            f"{edition.title}, as it is on this device, does not cover {postcode}.")
        return f"{why} Check it by hand."
    notes = [
        f"It {closed_words(found.terminated_on)}: the address has another postcode now." if found.terminated_on else "",
        "It is a large user’s: it says where a sorting office is." if found.large_user else "",
        "" if found.ward_code else f"{postcode} has no ward in {edition.title}.",
    ]
    said = " ".join(note for note in notes if note)
    around = ", ".join(edition.wards_around(postcode).values())
    near = f"It lies at the boundary with {around} ward: check the address." if around else ""
    return f"{said} Check it by hand. {near}".rstrip() if said else near


def eligibility(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """The verdict for a lot: by the store's programme where one is named or there, else by the programme that ships."""
    if options.store is not None or parts.places.default_store.exists():
        from coachdesk.cli.opened import opened
        from coachdesk.programme import queries

        with opened(options, parts) as store, store.read() as session:
            lot = queries.lot_id(session, options.lot)
            made = queries.decide(
                session,
                lot=lot,
                postcode=options.postcode,
                on=options.on or store.clock.today(),
                connection=options.connection,
                situation=options.situation,
            )
    else:
        made = _by_template(options, parts)
    answer.give(
        {
            "postcode": made.postcode,
            "lot": made.lot,
            "on": made.on,
            "verdict": made.verdict,
            "ward_code": made.ward_code,
            "ward_name": made.ward_name,
            "edition": made.edition,
            "method": made.method,
            "sentence": made.sentence,
            "nearest": made.nearest,
        },
        f"{made.verdict.capitalize()} on {day_text(made.on)}. {made.sentence}",
    )


def _by_template(options: argparse.Namespace, parts: Any) -> Any:
    from coachdesk.programme import rules
    from coachdesk.settings import resources

    template = resources() / "programmes" / "connecting-communities.toml"
    programme = rules.read_programme(template.read_text(encoding="utf-8"), template.name)
    name = rules.find_lot(rules.lot_names(programme.lots), options.lot)
    shelf, on = open_shelf(parts.places), options.on or parts.clock.today()
    lot = next(each for each in programme.lots if each.name == name)
    return rules.verdict(
        lot,
        options.postcode,
        on,
        shelf,
        programme.lots,
        connection=options.connection,
        situation=options.situation,
        centres=rules.lot_centres(programme.lots, on, shelf),
        connections=programme.connections,
    )


def describe(options: argparse.Namespace, parts: Any, answer: Answer) -> None:
    """Rooms, kinds, fields with units, verbs."""
    from coachdesk.cli import catalogue

    rows = catalogue.described(options.room)
    if not rows:
        raise Refusal(f"There is no room called {options.room}.", f"Rooms: {', '.join(catalogue.ROOMS)}.")
    lines = []
    for row in rows:
        lines.append(f"{row['kind']}: {row['says']}")
        lines += [_field(each, "  ") for each in row["fields"]]
        for verb in row["verbs"]:
            lines.append(f"  do {verb['verb']}: {verb['says']}")
            lines += [_field(each, "    ") for each in verb["fields"]]
        lines.append("")
    answer.give(rows, "\n".join(lines).rstrip())


def _field(each: dict[str, Any], indent: str) -> str:
    unit = f" in {each['unit']}" if each["unit"] else ""
    refers = f" ({each['refers_to']}: id or name)" if each["refers_to"] else ""
    return f"{indent}{each['name']}{'' if each['required'] else '?'}: {each['type']}{unit}{refers} - {each['says']}"
