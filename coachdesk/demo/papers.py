"""The printed documents of the sample programme, as a team lead would have printed them on 15 July 2020."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coachdesk.activity import queries as activity_queries
from coachdesk.clock import month_from_text
from coachdesk.documents import reports
from coachdesk.outreach import queries as outreach_queries
from coachdesk.programme import queries as programme_queries

CLAIM_MONTH = month_from_text("2020-05")
LOTS = ("Shard End", "Washwood Heath", "Camp Hill")
PLACES = ("saturation", "unmet-demand", "venue-dependency", "restart-order", "connectors", "reciprocity", "own-provision", "capability",
          "council-support")


def write_documents(parts: Any, path: Path, secret: str, folder: Path) -> list[Path]:
    """Writes the caseload of all lots and, for three lots, caseload, addresses and May's claim; registers; the sheets on places."""
    store = parts.open_store(path, secret)
    try:
        by = reports.printed_by(store)
        with store.read() as session:
            written = [_write(session, by, folder / "caseload.pdf", "caseload")]
            for name in LOTS:
                lot = programme_queries.lot_id(session, name)
                short = name.lower().replace(" ", "-")
                written.append(_write(session, by, folder / f"caseload-{short}.pdf", "caseload", lot=lot))
                written.append(_write(session, by, folder / f"claim-{short}-2020-05.pdf", "claim", lot=lot, month=CLAIM_MONTH))
                written.append(_write(session, by, folder / f"addresses-{short}.pdf", "addresses", lot=lot))
                written.append(_write(session, by, folder / f"capability-{short}.pdf", "capability", lot=lot))
            met = outreach_queries.sessions(session, limit=1, status="held")
            if met:
                written.append(_write(session, by, folder / "session-register.pdf", "session-register", chosen=met[0].id))
            on_paper = [row for row in outreach_queries.sessions(session, limit=60, status="held") if row.register_rows]
            if on_paper:
                written.append(_write(session, by, folder / "session-register-keyed.pdf", "session-register-keyed", chosen=on_paper[0].id))
            planned = next((row for row in activity_queries.plan_items(session, is_open=True) if row.step), None)
            if planned is not None:
                written.append(_write(session, by, folder / "action-plan.pdf", "action-plan", chosen=planned.participant_id))
            booked = activity_queries.appointments(session, outcome="booked", limit=1)
            if booked:
                written.append(_write(session, by, folder / "appointment-slip.pdf", "appointment-slip", chosen=booked[0].id))
            for name in PLACES:
                written.append(_write(session, by, folder / f"{name}.pdf", name))
        return written
    finally:
        store.close()


def _write(session: Any, by: reports.By, out: Path, name: str, **chosen: Any) -> Path:
    reports.write(session, name, out, by, **chosen)
    return out
