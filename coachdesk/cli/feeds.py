"""`partners import` and `partners export`: the directory as an Open Referral UK 3.0 feed."""

from __future__ import annotations

import argparse
from typing import Any

from coachdesk.cli.answer import Answer
from coachdesk.cli.bringing import run_through
from coachdesk.cli.opened import owner
from coachdesk.exchange.open_referral import coming_in, feed, going_out
from coachdesk.exchange.open_referral.reading import Broken
from coachdesk.exchange.open_referral.report import Report


def partners(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """import FILE.json, export FILE.json."""
    if options.deed == "import":
        _bring(options, store, answer)
    else:
        _give(options, store, answer)


def _bring(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    try:
        found = feed.read_feed(options.file)
    except Broken as broken:
        if not options.dry_run:
            raise
        problems = [{"path": each.path, "says": each.says} for each in broken.problems]
        answer.give({"id": None, "dry_run": True, "file": options.file.name, "problems": problems}, "\n".join(map(str, broken.problems)))
        answer.exit_code = answer.say_error(broken.sentence, 1)
        return
    work = coming_in.trial if options.dry_run else coming_in.bring_in
    told = run_through(work(store, owner(store), found, options.lot))
    answer.give(_document(told, is_trial=options.dry_run), "\n".join(_lines(told, is_trial=options.dry_run)))


def _document(told: Report, *, is_trial: bool) -> dict[str, Any]:
    states = ("new", "changed", "as before")
    return {
        "id": None if told.import_id is None else str(told.import_id),
        "dry_run": is_trial,
        "file": told.file,
        "form": told.form,
        "taken": told.touched,
        **{
            plural: {state.replace(" ", "_"): told.count(what, state) for state in states}
            for what, plural in (("organisation", "organisations"), ("service", "services"), ("term", "terms"))
        },
        "no_longer_in_it": told.gone,
        "notes": [{"path": each.path, "says": each.says} for each in told.notes],
        "problems": [],
        "things": [
            {"what": each.what, "name": each.name, "organisation": each.organisation, "state": each.state, "says": each.says}
            for each in told.things
        ],
    }


def _lines(told: Report, *, is_trial: bool) -> list[str]:
    said = [f"{each.path} {each.says}" for each in told.notes]
    if told.more_notes:
        said.append(f"… and {told.more_notes} more to look at.")
    undo = "" if told.import_id is None else f" Take it back: coachdesk import undo {told.import_id}"
    return [*said, told.sentence(is_trial=is_trial) + undo]


def _give(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.programme import queries

    with store.read() as session:
        lot = queries.lot_id(session, options.lot) if options.lot is not None else None
        made = going_out.export(session, lot=lot, form=options.form)
    size = going_out.write(options.file, made)
    count, beside = len(made["contents"]), going_out.without_services(made)
    what = options.form.removesuffix("s") if count == 1 else options.form
    also = f", {beside:,} organisation{'' if beside == 1 else 's'} without one" if beside else ""
    answer.give(
        {"file": options.file, "bytes": size, "form": options.form, "contents": count, "organizations_beside": beside},
        f"{options.file}: {count:,} {what}{also}, {size:,} bytes.",
    )
