"""The main window of one open desk: its pages, what the search box finds, the commands, and who takes what another page offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coachdesk.clock import day_text
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell.main_window import MainWindow
from coachdesk.ui.shell.spec import Command, Hit, PageSpec

_TAKES = {
    "register contact": "participant",
    "register referral": "participant",
    "log help for": "activity",
    "refer": "referral",
    "book for": "activity",
    "record job for": "activity",
    "session at": "outreach",
    "turn away": "outreach",
    "hand over": "participant",
    "bring in": "settings",
}
_NEW = {
    "new contact": ("outreach", "new_contact"),
    "new participant": ("participant", "new_participant"),
    "new intervention": ("activity", "new_intervention"),
    "new referral": ("referral", "new_referral"),
}
_FILES = (("participant", "participants"), ("outreach.contact", "contacts"), ("partner", "partners"))
_PRIVATE = ("participant", "outreach.contact")
_SAID = {"partner": "organisation: {}", "partner.venue": "place: {}", "partner.contact": "works at {}", "outreach.session": "session on {}",
         "partner.service": "service of {}", "partner.connector": "opens doors: {}", "partner.vacancy": "vacancy: {}",
         "partner.training": "training: {}"}


def make_window(desk: Desk, theme: Theme) -> MainWindow:
    """The window over an open desk. Pages are imported and made when first shown."""
    window: MainWindow
    notice = ""
    if desk.sample_day:
        notice = (
            f"Sample programme: everyone in it is invented, and it is always {day_text(desk.sample_day)}. Do not enter real people here."
        )
    window = MainWindow(
        pages(desk, theme),
        title=f"CoachDesk: {desk.store.path.stem}",
        work=desk.work,
        theme=theme,
        find=lambda text: _find(desk, text),
        commands=_commands(desk, lambda: window),
        sample_notice=notice,
        rail_foot=lambda: _rail_foot(desk, window),
    )

    def take(what: str, value: Any) -> None:
        key, verb = _NEW.get(what) or (_TAKES.get(what), "take")
        if key is None:
            return
        window.go(key)
        page: Any = window.page(key)
        if verb != "take":
            getattr(page, verb, lambda: None)()
        elif hasattr(page, "take"):
            page.take(what, value)

    desk.offered.connect(take)
    return window


def _rail_foot(desk: Desk, window: MainWindow) -> QWidget:
    """What the window gets right after its first paint: the box for the lot, and what the foot says of the work."""
    from coachdesk.ui.cards.foot import Foot
    from coachdesk.ui.cards.lot_chooser import LotChooser
    from coachdesk.ui.cards.unfinished import begun_words

    def tell(words: tuple[str, str]) -> None:
        bar = window.bar()
        if bar is not None and words[0]:
            bar.done(*words)

    desk.begun(begun_words, window, tell)
    _WhereWorkStands(desk, window)
    Foot(desk, lambda words: window.set_status(claim=words.claim, venue=words.venue), window)
    return LotChooser(desk)


class _WhereWorkStands(QObject):
    """The three honest states at the foot, red once something is on this laptop only for more than a day; what a turn has to tell."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        from coachdesk.ui.cards.sharing import sharing_of

        self._desk, self._window, sharing = desk, window, sharing_of(desk)
        self._has_shown_words, self._warned = False, ""
        sharing.stood.connect(self.say_state)
        sharing.ended.connect(self.say_warning)
        sharing.begin()

    def say_state(self, found: Any) -> None:
        """How safe the work is, in a few words; the whole sentence is the tool tip."""
        from coachdesk.sync import sentences

        at = next(at for at, spec in enumerate(self._window.pages) if spec.key == "sync")
        number = found.conflicts if found is not None else 0
        self._window.rail.item(at).setText(f"Team ({number:,})" if number else "Team")
        if found is None:
            self._window.set_status(saved=("Saved here", "", ""))
            return
        if found.words or found.is_out:
            words = "Saved here, waits to be let in" if found.words else "Saved here, cut off from the team"
            self._window.set_status(saved=(words, "careful", "See Team."))
            return
        state = found.standing
        kind = "bad" if state.is_red else "good" if state.state == "safe" else "plain"
        told = sentences.of_standing(state, self._desk.store.clock.now())
        self._window.set_status(saved=(sentences.short(state), kind, told))

    def say_warning(self, report: Any, _spoken: Any) -> None:
        """A clock that is wrong, a folder that was emptied: on whatever page one is. A laptop that waits shows its six words, once."""
        if report is not None and report.state == "joining" and not self._has_shown_words:
            self._has_shown_words = True
            self._window.go("sync")
        bar, warning = self._window.bar(), report.warnings[0] if report is not None and report.warnings else ""
        if bar is not None and warning and warning != self._warned and self._window.current_key() != "sync":
            bar.trouble(warning, "See Team, Shared place.")
        if report is not None:
            self._warned = warning                      # said once, until it is over


def pages(desk: Desk, theme: Theme) -> list[PageSpec]:
    """The rail, in the order of the work."""
    return [
        PageSpec("today", "Today", "today", lambda: _today(desk)),
        PageSpec("outreach", "Outreach", "outreach", lambda: _outreach(desk), ("outreach.session", "outreach.contact", "outreach.series")),
        PageSpec(
            "participant",
            "Participants",
            "participant",
            lambda: _participant(desk),
            ("participant", "participant.follow_up", "participant.verdict", "participant.notice", "participant.consent",
             "activity.plan", "activity.training", "activity.volunteering", "activity.reading", "activity.job_change", "activity.job_break",
             "activity.earnings", "activity.progress"),
        ),
        PageSpec("referral", "Referrals", "referral", lambda: _referral(desk), ("referral", "referral.one_way")),
        PageSpec(
            "partner",
            "Partners",
            "partner",
            lambda: _partner(desk),
            ("partner", "partner.venue", "partner.contact", "partner.service", "partner.agreement", "partner.upkeep", "partner.connector",
             "partner.capability", "partner.council_support", "partner.vacancy", "partner.training",
             "activity.candidate"),
        ),
        PageSpec(
            "activity",
            "Activity",
            "activity",
            lambda: _activity(desk),
            ("activity.intervention", "activity.job", "activity.appointment", "activity"),
        ),
        PageSpec("claim", "Claims", "claim", lambda: _claim(desk), ("claim", "claim.line")),
        PageSpec("programme", "Programme", "programme", lambda: _programme(desk), ("programme",)),
        PageSpec("settings", "Settings", "settings", lambda: _settings(desk, theme)),
        PageSpec("sync", "Team", "sync", lambda: _team(desk), ("sync.choice",)),
    ]


def _today(desk: Desk) -> QWidget:
    from coachdesk.ui.today.page import TodayPage

    return TodayPage(desk)


def _outreach(desk: Desk) -> QWidget:
    from coachdesk.ui.outreach.page import OutreachPage

    return OutreachPage(desk)


def _participant(desk: Desk) -> QWidget:
    from coachdesk.ui.participant.page import ParticipantPage

    return ParticipantPage(desk)


def _referral(desk: Desk) -> QWidget:
    from coachdesk.ui.referral.page import ReferralPage

    return ReferralPage(desk)


def _partner(desk: Desk) -> QWidget:
    from coachdesk.ui.partner.page import PartnerPage

    return PartnerPage(desk)


def _activity(desk: Desk) -> QWidget:
    from coachdesk.ui.activity.page import ActivityPage

    return ActivityPage(desk)


def _claim(desk: Desk) -> QWidget:
    from coachdesk.ui.claim.page import ClaimPage

    return ClaimPage(desk)


def _programme(desk: Desk) -> QWidget:
    from coachdesk.ui.programme.page import ProgrammePage

    return ProgrammePage(desk)


def _settings(desk: Desk, theme: Theme) -> QWidget:
    from coachdesk.ui.settings.page import SettingsPage

    return SettingsPage(desk, theme)


def _team(desk: Desk) -> QWidget:
    from coachdesk.ui.sync.page import TeamPage

    return TeamPage(desk)


def _find(desk: Desk, text: str) -> list[Hit]:
    """Runs on the worker."""
    from coachdesk.casework import queries

    with desk.store.read() as session:
        return [
            Hit(each.kind, each.id, each.title, _SAID.get(each.kind, "{}").format(each.detail), each.kind in _PRIVATE, each.is_alike,
                each.also)
            for each in queries.search(session, text)
        ]


def _commands(desk: Desk, window: Callable[[], MainWindow]) -> list[Command]:
    def undo() -> None:
        shown = window().bar()
        if shown is not None:
            desk.undo(shown, lambda reason: shown.done(f"Undone: {reason}."))

    def new(key: str, verb: str) -> Callable[[], None]:
        def run() -> None:
            window().go(key)
            page: Any = window().page(key)
            getattr(page, verb, lambda: None)()

        return run

    def bring(kind: str) -> Callable[[], None]:
        return lambda: desk.offered.emit("bring in", kind)

    def sync() -> None:
        from coachdesk.ui.cards.sharing import sharing_of

        window().go("sync")
        sharing_of(desk).turn(asked=True)

    return [
        Command("Undo the last action", undo, "Ctrl+Z"),
        Command("Sync now: take in the team’s work and share yours", sync, "F5"),
        Command("Log a contact at an outreach session", new("outreach", "new_contact"), "Ctrl+Shift+C"),
        Command("Register a participant", new("participant", "new_participant"), "Ctrl+Shift+R"),
        Command("Log help given", new("activity", "new_intervention"), "Ctrl+Shift+H"),
        Command("Send a referral", new("referral", "new_referral"), "Ctrl+Shift+S"),
        Command("Calendar of outreach sessions", new("outreach", "show_calendar"), "Ctrl+Shift+K"),
        Command("Caseload summary, to print", new("participant", "print_caseload"), "Ctrl+P"),
        *(Command(f"Bring in {what} from a file", bring(kind)) for kind, what in _FILES),
        Command("Files that were brought in, and taking one back", new("settings", "show_files")),
    ]
