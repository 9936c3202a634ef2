"""The words of the command line (HOUSE, The command line)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coachdesk import __version__
from coachdesk.cli import values


def _argument(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader of values as argparse wants it: its ValueError is the sentence."""

    def argument(text: str) -> Any:
        try:
            return read(text)
        except ValueError as wrong:
            raise argparse.ArgumentTypeError(str(wrong)) from None

    return argument


day, month, count, number = _argument(values.day), _argument(values.month), _argument(values.count), _argument(values.number)


def _shared(into: argparse.ArgumentParser, *, top: bool) -> None:
    unset: Any = None if top else argparse.SUPPRESS
    into.add_argument(
        "--store", type=Path, default=unset, metavar="FILE", help="the encrypted store (default: the one in your data folder)"
    )
    into.add_argument("--json", action="store_true", default=False if top else argparse.SUPPRESS, help="print one JSON document")
    into.add_argument("--today", type=day, default=unset, metavar="DATE", help="run as on that day, YYYY-MM-DD")


def make_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = _Parser(prog="coachdesk", description="A desk for employment coaches. Without a command it opens the window.")
    parser.add_argument("--version", action="version", version=f"coachdesk {__version__}")
    _shared(parser, top=True)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _beginning(commands)
    _places(commands)
    _rooms(commands)
    _claims(commands)
    _papers(commands)
    _keeping(commands)
    _sharing(commands)
    return parser


class _Parser(argparse.ArgumentParser):
    """`words`: what the help says at its end, put together only when somebody asks for it."""

    words: Callable[[], str] | None = None

    def format_help(self) -> str:
        if self.words is not None:
            self.epilog = self.words()
        return super().format_help()


def _words_of_evidence() -> str:
    from coachdesk.activity.rules.evidence import PROVES, WAYS

    return f"proves is one of: {', '.join(PROVES)}. how is one of: {'; '.join(WAYS)}. A clear beginning is enough."


def _command(commands: Any, name: str, says: str) -> _Parser:
    made: _Parser = commands.add_parser(name, help=says, description=says)
    _shared(made, top=False)
    return made


def _beginning(commands: Any) -> None:
    demo = _command(commands, "demo", "build the sample programme and open it as on 15 July 2020")
    demo.add_argument("--people", type=count, default=None, help="how many participants")
    demo.add_argument("--seed", type=number, default=1, help="another seed, other people")
    demo.add_argument("--out", type=Path, default=None, metavar="DIR", help="where documents and pictures go")
    demo.add_argument("--headless", action="store_true", help="no window: write documents and a PNG of each screen")
    init = _command(commands, "init", "make a new encrypted store from a programme template")
    init.add_argument("--programme", required=True, metavar="FILE.toml", help="template: a file, or the name of one that ships")
    init.add_argument("--owner", required=True, metavar="NAME", help="your name, as it will stand in the log of changes")
    describe = _command(commands, "describe", "rooms, kinds, fields with units, verbs")
    describe.add_argument("room", nargs="?", default=None, metavar="ROOM[.KIND]")


def _places(commands: Any) -> None:
    postcodes = _command(commands, "postcodes", "import postcode editions, list them, look one up").add_subparsers(
        dest="deed", required=True
    )
    taken = _command(postcodes, "import", "a Code-Point Open zip, or an ONSPD or NSPL csv or zip")
    taken.add_argument("file", type=Path)
    taken.add_argument("--region", default="", metavar="B,CV,WS", help="only these postcode areas")
    taken.add_argument("--edition", default=None, metavar="YYYY-MM", help="where the file does not say")
    _command(postcodes, "editions", "the editions on this device")
    lookup = _command(postcodes, "lookup", "where a postcode is")
    lookup.add_argument("postcode")
    lookup.add_argument("--on", type=day, default=None, metavar="DATE")
    boundaries = _command(commands, "boundaries", "import ward boundaries for maps, list them").add_subparsers(dest="deed", required=True)
    _command(boundaries, "import", "GeoJSON with WDyyCD and WDyyNM, or a zip of such files").add_argument("file", type=Path)
    _command(boundaries, "list", "the boundaries on this device")
    eligibility = _command(commands, "eligibility", "whether an address counts for a lot, and why")
    eligibility.add_argument("postcode")
    eligibility.add_argument("--lot", required=True)
    eligibility.add_argument("--on", type=day, default=None, metavar="DATE")
    eligibility.add_argument("--connection", default=None, help="an accepted reason for a connection to the ward")
    eligibility.add_argument("--situation", default="address", help="address, no fixed abode or refuge")


def _rooms(commands: Any) -> None:
    listed = _command(commands, "list", "rows of any room")
    listed.add_argument("room", metavar="ROOM[.KIND]")
    listed.add_argument("--lot", default=None)
    listed.add_argument("--where", nargs="+", default=[], metavar="FIELD=VALUE", action="extend")
    listed.add_argument("--limit", type=count, default=None)
    add = _command(commands, "add", "make one: coachdesk add partner.venue name=… postcode=…")
    add.add_argument("room", metavar="ROOM[.KIND]")
    add.add_argument("fields", nargs="*", metavar="FIELD=VALUE")
    do = _command(commands, "do", "any action of a room, by its name on the button")
    do.add_argument("room", metavar="ROOM[.KIND]")
    do.add_argument("verb")
    do.add_argument("id")
    do.add_argument("fields", nargs="*", metavar="FIELD=VALUE")
    search = _command(commands, "search", "people, partners and sessions by name, day, or a piece of reference, phone or postcode")
    search.add_argument("words", nargs="+")
    duplicates = _command(commands, "duplicates", "people who are likely one, in the store or in a csv file, with reasons")
    duplicates.add_argument(
        "--csv",
        type=Path,
        default=None,
        metavar="FILE",
        help="given_name, surname, date_of_birth, postcode, phone, ni_number; first column an id",
    )
    bring = _command(commands, "import", "bring in a csv file: participant, outreach.contact or partner; or: import list, import undo ID")
    bring.add_argument("what", metavar="ROOM|list|undo")
    bring.add_argument("file", nargs="?", default=None, metavar="FILE.csv|ID")
    bring.add_argument("--dry-run", action="store_true", help="say line by line what would be done; change nothing")
    bring.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="what a column means; COLUMN= leaves it out")
    bring.add_argument("--lot", default=None, help="the lot of rows that name none")
    bring.add_argument("--session", default=None, help="the outreach session of all contacts")
    bring.add_argument("--take-known", action="store_true", help="take also who is likely known already")
    bring.add_argument("--report", type=Path, default=None, metavar="FILE.csv", help="write the report as csv too")
    feeds = _command(commands, "partners", "the directory as an Open Referral UK 3.0 feed, in and out").add_subparsers(
        dest="deed", required=True
    )
    taken = _command(feeds, "import", "organisations and services out of a feed; a second time updates them")
    taken.add_argument("file", type=Path, metavar="FILE.json")
    taken.add_argument("--dry-run", action="store_true", help="say what would come in, and what is wrong; change nothing")
    taken.add_argument("--lot", action="append", default=None, help="in which lot new organisations work (more than once; yours if not)")
    given = _command(feeds, "export", "organisations and services as a feed")
    given.add_argument("file", type=Path, metavar="FILE.json")
    given.add_argument("--lot", default=None, help="only organisations that work in it")
    given.add_argument("--form", default="services", help="services, each with its organisation, or organizations with their services")
    _evidence(commands)
    signoff = _command(commands, "signoff", "a coach's word that a month's activity is complete")
    signoff.add_argument("--month", type=month, required=True)
    signoff.add_argument("--lot", default=None)


def _evidence(commands: Any) -> None:
    evidence = _command(commands, "evidence", "a file kept as proof: of a participant, activity (help) or activity.job").add_subparsers(
        dest="deed", required=True
    )
    kept = _command(evidence, "add", "PDF, JPEG or PNG up to 25 MiB, kept encrypted: evidence add FILE ROOM ID proves=… how=… dated=…")
    kept.words = _words_of_evidence
    kept.add_argument("file", type=Path, metavar="FILE")
    kept.add_argument("room", metavar="ROOM[.KIND]")
    kept.add_argument("id")
    kept.add_argument("fields", nargs="*", metavar="FIELD=VALUE")
    out = _command(evidence, "get", "write a kept file out again")
    out.add_argument("id")
    out.add_argument("--out", type=Path, required=True, metavar="FILE")


def _claims(commands: Any) -> None:
    claim = _command(commands, "claim", "the ledger").add_subparsers(dest="deed", required=True)
    for name, says in (
        ("show", "every payable line and every unpaid item"),
        ("draft", "freeze the lines of a month"),
        ("board", "who signed a month off, what changed since, what is missing, what was decided"),
        ("agree", "desk, sent and paid side by side, every difference with its cause"),
    ):
        one = _command(claim, name, says)
        one.add_argument("--lot", required=True)
        one.add_argument("--month", type=month, required=True)
    explain = _command(claim, "explain", "open a line down to activity, rule and arithmetic")
    explain.add_argument("line")
    send = _command(claim, "send", "record that a drafted claim was sent")
    send.add_argument("id")
    send.add_argument("--on", type=day, default=None, metavar="DATE")
    paid = _command(claim, "paid", "record what the commissioner paid")
    paid.add_argument("id")
    paid.add_argument("--amount", type=number, required=True, metavar="PENCE")
    paid.add_argument("--on", type=day, default=None, metavar="DATE")
    terms = _command(claim, "terms", "the contract's terms: bring in a new version of them, or write them out as a file to change")
    terms.add_argument("file", type=Path, nargs="?", default=None, metavar="FILE.toml")
    terms.add_argument("--dry-run", action="store_true", help="say what would change, and what the next claims would show; change nothing")
    terms.add_argument("--out", type=Path, default=None, metavar="FILE.toml", help="write the terms that stand in the store to a new file")
    send.add_argument("--last-receipt", type=count, default=None, metavar="NUMBER", help="the last receipt of ours that they hold")
    pack = _command(claim, "pack", "the claim as PDF, workbook and, once it was sent, receipt")
    pack.add_argument("id")
    pack.add_argument("--out", type=Path, required=True, metavar="DIR")
    receipt = _command(claim, "receipt", "prove a receipt's file; a claim that is not known here is taken in as sent")
    receipt.add_argument("file", type=Path, metavar="FILE.json")
    remittance = _command(claim, "remittance", "a csv of answers: claim, lot, month, line, amount, answer, reason, paid on")
    remittance.add_argument("file", type=Path, metavar="FILE.csv")
    remittance.add_argument("--lot", default=None, help="the lot of rows that name none")
    remittance.add_argument("--dry-run", action="store_true", help="say line by line what would be done; change nothing")
    for name, says in (("cash", "what is expected in the months ahead"),
                       ("ledger", "every lot's months: what they are worth now, what claims took for them, what is open")):
        _command(claim, name, says).add_argument("--lot", default=None)
    _command(claim, "check", "prove the ledger: everything priced twice, every sent claim added up and worked out again")
    _what_if(claim)


def _what_if(claim: Any) -> None:
    one = _command(claim, "what-if", "a month's claim as it would be, beside what it is; nothing is saved")
    one.add_argument("--lot", required=True)
    one.add_argument("--month", type=month, required=True)
    one.add_argument("--evidence", action="append", default=[], metavar="ACTIVITY", help="its missing evidence arrives")
    one.add_argument("--eligible", action="append", default=[], metavar="PERSON", help="their address is found to count")
    one.add_argument("--interventions", action="append", default=[], metavar="PERSON=N", help="so many more meaningful interventions")
    one.add_argument("--starts", type=count, default=0, metavar="N", help="new people who start")
    one.add_argument("--job", action="append", default=[], metavar="PERSON", help="they start a job")
    one.add_argument("--amount", action="append", default=[], metavar="MILESTONE=PENCE", help="what a milestone pays instead")
    one.add_argument("--on", type=day, default=None, metavar="DATE", help="the day on which it happens")


def _papers(commands: Any) -> None:
    report = _command(
        commands,
        "report",
        "a printed document as PDF: caseload, claim, addresses, session-register,"
        " session-register-keyed, venue-closing, restart-order, venue-dependency, unmet-demand, saturation, brief, handover-briefs,"
        " timeline, no-contact, referral-sheet (filed on its referral), edition-review, action-plan, appointment-slip, reciprocity,"
        " reciprocity-partner, own-provision, connectors, capability, council-support,"
        " referral-email (a draft, .eml) and referral-ics (an appointment, .ics)",
    )
    report.add_argument("name")
    report.add_argument("--lot", default=None)
    report.add_argument("--coach", default=None)
    report.add_argument("--month", type=month, default=None)
    report.add_argument("--session", default=None, help="id of an outreach session (session-register, session-register-keyed)")
    report.add_argument("--participant", default=None, help="a person, by reference or id (brief, timeline, action-plan)")
    report.add_argument("--kind", default="everything", help="of a timeline: help, jobs, referrals …")
    report.add_argument("--since", type=day, default=None, help="of a timeline: from this day")
    report.add_argument("--until", type=day, default=None, help="of a timeline: up to this day")
    report.add_argument("--appointment", default=None, help="an appointment, by id (appointment-slip)")
    report.add_argument("--referral", default=None, help="a referral, by id, reply code or the person's reference (referral-…)")
    report.add_argument("--not-filed", action="store_true",
                        help="a referral-sheet that does not go out: else it is filed on its referral, as in the window")
    report.add_argument("--partner", default=None, help="a partner, by name or id (reciprocity-partner)")
    report.add_argument("--venue", default=None, help="a place, by name or id (venue-closing)")
    report.add_argument("--out", type=Path, required=True, metavar="FILE")


def _keeping(commands: Any) -> None:
    _command(commands, "undo", "take back your last action")
    audit = _command(commands, "audit", "who changed what, when and why")
    audit.add_argument("room", nargs="?", default=None)
    audit.add_argument("id", nargs="?", default=None)
    audit.add_argument("--limit", type=count, default=50)
    backup = _command(commands, "backup", "one checked, encrypted file")
    backup.add_argument("file", type=Path)
    restore = _command(commands, "restore", "make the store anew from a backup")
    restore.add_argument("file", type=Path)
    _command(commands, "check", "integrity, replay of the log, digest")
    passphrase = _command(commands, "passphrase", "change the passphrase (the new one from a prompt, or COACHDESK_NEW_PASSPHRASE)")
    passphrase.set_defaults(command="passphrase")


def _sharing(commands: Any) -> None:
    sync = _command(commands, "sync", "one sync turn over the shared folder; or how safe the work is, and what has to be chosen")
    sync.add_argument("--with", dest="place", default=None, metavar="FOLDER", help="the folder that the team shares; the usual one if not")
    deeds = sync.add_subparsers(dest="deed", required=False, metavar="status|conflicts|choose|keep|delete|put-away")
    _command(deeds, "status", "saved here, in the shared place, or safe; who was last seen when")
    _command(deeds, "conflicts", "what two laptops wrote side by side, with both values")
    choose = _command(deeds, "choose", "which of the values stands, or another one")
    choose.add_argument("id")
    choose.add_argument("field")
    choose.add_argument("--take", type=count, default=None, metavar="NUMBER", help="by its number in `sync conflicts`")
    choose.add_argument("--value", default=None, help="another value")
    for name, says in (("keep", "a record that was deleted while somebody wrote on it stays"), ("delete", "it is deleted after all"),
                       ("put-away", "a note of edits side by side was read")):
        _command(deeds, name, says).add_argument("id")
    _team(_command(commands, "team", "whose laptops share this desk's work").add_subparsers(dest="deed", required=True))


def _team(deeds: Any) -> None:
    for name, says in (("create", "a team that meets in an empty shared folder; answers the team's recovery code"),
                       ("move", "the team meets in another, empty folder from now on")):
        _command(deeds, name, says).add_argument("folder", metavar="FOLDER")
    join = _command(deeds, "join", "make a store that asks to join the team of a folder; answers six words for the lead")
    recover = _command(deeds, "recover", "make a lead's store anew from the folder and the team's recovery code")
    for one in (join, recover):
        one.add_argument("folder", metavar="FOLDER")
        one.add_argument("--owner", required=True, metavar="NAME", help="whose laptop this is")
    recover.add_argument("--code", required=True, help="the team's recovery code")
    _command(deeds, "members", "the laptops of the team and those that ask to join")
    admit = _command(deeds, "admit", "let in the laptop that shows these six words")
    admit.add_argument("words", nargs="+", metavar="WORD")
    admit.add_argument("--name", required=True, help="the member of the team whose laptop it is")
    admit.add_argument("--role", default="coach", help="coach or lead")
    lost = _command(deeds, "lost", "a laptop is lost or its owner left: cut it off; answers whose details were on it")
    role = _command(deeds, "role", "make a laptop a lead's or a coach's")
    let_in = _command(deeds, "let-in", "let in what a lost laptop wrote and was set aside")
    for one in (lost, role, let_in):
        one.add_argument("device", help="from `team members`")
    role.add_argument("role", help="coach or lead")
    for one in (lost, role):
        one.add_argument("--code", default=None, help="the team's recovery code, where this laptop alone may not")
