"""The verdict on an address, in words, colour and mark: as it is typed (asked on the worker), or as it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.errors import Spoken
from coachdesk.place.rules import postcode_of
from coachdesk.programme import queries as programme_queries
from coachdesk.programme import rules as programme_rules
from coachdesk.programme.rules import BY_CONNECTION, BY_HAND, BY_RESIDENCE, NOT_ELIGIBLE, Verdict
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import announce
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM

TINTS = {BY_RESIDENCE: "good", BY_CONNECTION: "good", NOT_ELIGIBLE: "bad", BY_HAND: "careful"}
PAUSE_MS = 300
_WAITING = "Type the postcode. The verdict appears here while you type."
_ADDRESS = "address"


def tint_of(verdict: str) -> str:
    """The tint that goes with a verdict's words."""
    return TINTS.get(verdict, "plain")


def verdict_words(verdict: str) -> str:
    """The verdict as a heading: `Eligible by residence`."""
    return verdict[:1].upper() + verdict[1:] if verdict else "No verdict yet"


@dataclass(frozen=True)
class Question:
    """What the verdict is asked about."""

    lot: UUID | None
    postcode: str
    situation: str = _ADDRESS
    connection: str | None = None
    note: str = ""

    @property
    def is_whole(self) -> bool:
        """Nothing is half typed."""
        return self.situation != _ADDRESS or postcode_of(self.postcode) is not None


class Mark(QWidget):
    """Tick, cross, question mark or link, drawn in the ink of its surroundings: the shape says what the tint says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_for(self, verdict: str) -> None:
        """The mark of a verdict; an empty ring for none."""
        self._verdict = verdict
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self.fontMetrics().height() * 1.7)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        pen = QPen(self.palette().color(QPalette.ColorRole.WindowText), max(side / 13, 1.5))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(QRectF(side * 0.08, side * 0.08, side * 0.84, side * 0.84))

        def at(x: float, y: float) -> QPointF:
            return QPointF(side * x, side * y)

        if self._verdict == BY_RESIDENCE:
            painter.drawPolyline([at(0.30, 0.52), at(0.45, 0.67), at(0.71, 0.36)])
        elif self._verdict == BY_CONNECTION:
            painter.drawEllipse(QRectF(side * 0.26, side * 0.40, side * 0.22, side * 0.20))
            painter.drawEllipse(QRectF(side * 0.52, side * 0.40, side * 0.22, side * 0.20))
            painter.drawLine(at(0.42, 0.50), at(0.58, 0.50))
        elif self._verdict == NOT_ELIGIBLE:
            painter.drawLine(at(0.35, 0.35), at(0.65, 0.65))
            painter.drawLine(at(0.65, 0.35), at(0.35, 0.65))
        elif self._verdict == BY_HAND:
            font = self.font()
            font.setPixelSize(max(round(side * 0.56), 8))
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, "?")
        painter.end()


class VerdictCard(Card):
    """`ask` while somebody types (answered from 300 ms after the last key, at once for a whole postcode); `show_kept` for a stored one.

    `judged` comes with the programme.rules.Verdict, or None when what is typed cannot be judged yet.
    """

    judged = Signal(object)

    def __init__(self, desk: Desk, title: str = "Does the address count?", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._desk = desk
        self._turn = 0
        self._question = Question(None, "")
        self.verdict: Verdict | None = None
        self.mark = Mark()
        self.words = Tag("Not decided yet")
        self.sentence = PlainLabel(_WAITING, wrap=True)
        self.source = PlainLabel("", "muted", wrap=True)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_fired)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(MEDIUM + 2)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(MEDIUM - 2)
        words.addWidget(self.words, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.sentence)
        words.addWidget(self.source)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def ask(self, question: Question) -> None:
        """Ask about what stands in the form now; older questions are forgotten."""
        if question == self._question:
            return
        typed_on = question.note != self._question.note or not question.is_whole
        self._question = question
        self._turn += 1
        if self.verdict is not None and not question.is_whole:
            self._say("", "Not decided yet", _WAITING)
        self._timer.start(PAUSE_MS if typed_on else 0)

    def show_kept(self, verdict: str, sentence: str, source: str) -> None:
        """A verdict as it was kept; nothing is asked."""
        self._say(verdict, verdict_words(verdict), sentence or "Nobody has decided yet.", source)

    def _on_timer_fired(self) -> None:
        asked = self._question
        if asked.lot is None:
            self._say("", "Not decided yet", "Choose a lot first: the verdict is about one lot.")
        elif not asked.postcode.strip() and asked.situation == _ADDRESS and not asked.connection:
            self._say("", "Not decided yet", _WAITING)
        elif asked.postcode.strip() and not asked.is_whole:
            self._say("", "Not decided yet", f"“{asked.postcode.strip()[:12]}” is not a whole postcode yet.")
        else:
            turn, day, lot = self._turn, self._desk.today(), asked.lot
            self._desk.read(
                lambda session: programme_queries.decide(
                    session, lot=lot, postcode=asked.postcode or None, on=day, connection=asked.connection or None,
                    connection_note=asked.note, situation=asked.situation),
                self, partial(self._on_decided, turn), partial(self._on_refused, turn))

    def _on_decided(self, turn: int, verdict: programme_rules.Verdict) -> None:
        if turn != self._turn:
            return                                      # something else was typed since
        self._say(verdict.verdict, verdict_words(verdict.verdict), verdict.sentence, "", verdict)
        announce(self, f"{verdict_words(verdict.verdict)}. {verdict.sentence}")

    def _on_refused(self, turn: int, spoken: Spoken) -> None:
        if turn == self._turn:
            self._say("", "Not decided yet", f"{spoken.sentence} {spoken.next_step}".strip())

    def _say(self, verdict: str, words: str, sentence: str, source: str = "", judged: programme_rules.Verdict | None = None) -> None:
        self.verdict = judged
        self.mark.show_for(verdict)
        self.words.say(words, tint_of(verdict))
        self.sentence.setText(sentence)
        self.source.setText(source)
        self.source.setVisible(bool(source))
        self.setAccessibleDescription(f"{words}. {sentence}")
        self.judged.emit(judged)
