"""What every printed page shares: paper size, margins, colours, header, footer with "Page x of y", and the way to write on it.

Lengths are points, y runs upwards as in PDF. Every colour of text stands at 4.5:1 or better on white and on the tints used here
(tests compute it). Nothing is told by colour alone. The output is the same, byte for byte, for the same input.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from coachdesk import clock
from coachdesk.documents import lettering
from coachdesk.errors import Trouble

Colour = tuple[float, float, float]
_Drawn = tuple[float, float, str, str]       # how far right and up (parts of the size), the font as the page names it, the operator

INK: Colour = (0.11, 0.13, 0.16)
MUTED: Colour = (0.33, 0.37, 0.42)
ACCENT: Colour = (0.07, 0.25, 0.42)
ALERT: Colour = (0.64, 0.07, 0.10)
NOTICE: Colour = (0.50, 0.29, 0.00)
HAIRLINE: Colour = (0.80, 0.83, 0.86)
TINT: Colour = (0.945, 0.955, 0.965)
ALERT_TINT: Colour = (0.995, 0.945, 0.94)

PORTRAIT = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)
MARGIN = 36.0
HEADER = 50.0           # from the top margin down to where the page's own matter begins
FOOTER = 34.0           # from the bottom margin up to where it must end

CONFIDENTIAL = "Confidential: names and personal details. Keep it with you, do not leave it at a venue, shred it after use."
PUBLIC = "Holds no personal information. May be copied and put on a wall."


@dataclass(frozen=True)
class Printed:
    """Who printed what part of the programme, and when. `at` is an aware instant, shown in the computer's own time zone.

    `lot`, `coach` empty and `month` None mean: not narrowed. `month` is `YYYY-MM` or words.
    """

    by: str
    at: datetime
    programme: str
    lot: str
    coach: str
    month: str | None
    is_sample: bool


@dataclass(frozen=True)
class Paper:
    """What was printed: number of pages, and sentences for the window about anything that could not be shown as it is."""

    pages: int
    warnings: tuple[str, ...]


def day_short(day: date | None) -> str:
    """`15 Jul 2020`, for columns; an en dash where there is no day."""
    return f"{day.day} {clock.day_text(day).split()[1][:3]} {day.year}" if day else "–"


def month_shown(month: str) -> str:
    """`May 2020` for `2020-05`; anything else as it is."""
    try:
        return clock.month_words(clock.month_from_text(month))
    except ValueError:
        return month


def pounds(pence: int) -> str:
    """`£1,234.56`; below nothing with a real minus: `−£12.00`."""
    return f"{'−' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 line`, `1,204 lines`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def paginate(heights: Sequence[float], keeps: Sequence[bool], first: float, later: float) -> list[range]:
    """Which rows stand on which page: rows of given heights, `first` points on page one and `later` on the others.

    A row whose `keeps` is true is never the last of its page (headings stay with what they head, unless together they
    would not fit a page). Always at least one page.
    """
    pages: list[range] = []
    begin, used, room = 0, 0.0, first
    for index, height in enumerate(heights):
        if used + height > room and index > begin:
            cut = index
            while cut > begin + 1 and keeps[cut - 1]:
                cut -= 1
            if keeps[cut - 1] or sum(heights[cut:index + 1]) > later:
                cut = index
            pages.append(range(begin, cut))
            begin, room = cut, later
            used = sum(heights[cut:index])
        used += height
    pages.append(range(begin, len(heights)))
    return pages


class Sheet:
    """A document being printed, page by page: header and footer on each, one text object a page, shapes beneath it."""

    def __init__(self, title: str, subtitle: str, printed: Printed, pages: int, *,
                 size: tuple[float, float] = PORTRAIT, keeping: str = CONFIDENTIAL) -> None:
        self._font = lettering.register()
        self.width, self.height = size
        self.left, self.right = MARGIN, size[0] - MARGIN
        self.top, self.bottom = size[1] - MARGIN - HEADER, MARGIN + FOOTER
        self._title, self._subtitle, self._printed, self._keeping = title, subtitle, printed, keeping
        self._pages, self._page = pages, 0
        self._letters: dict[str, list[_Drawn]] = {}
        self.warnings: list[str] = []
        self._bytes = BytesIO()
        self._canvas = Canvas(self._bytes, pagesize=size, pageCompression=1, invariant=1, lang="en-GB", initialFontName=lettering.FONT)
        self._canvas.setTitle(lettering.printable(title))
        self._canvas.setAuthor(lettering.printable(printed.programme))
        self._canvas.setSubject(lettering.printable(subtitle))
        self._canvas.setCreator("CoachDesk")
        self.check(title, subtitle, printed.by)

    def begin(self) -> None:
        """Open the next page, closing the one before, and draw its header and footer."""
        if self._page:
            self._close_page()
        self._page += 1
        self._text = self._canvas.beginText()
        self._pen: tuple[float, Colour, bool] | None = None
        self._face = ""
        self._furnish()

    def _close_page(self) -> None:
        self._canvas.drawText(self._text)
        self._canvas.showPage()

    def _furnish(self) -> None:
        """Header and footer of the page just begun."""
        printed, head = self._printed, self.height - MARGIN
        self.write(self.left, head - 13, self._fit(self._title, 15, self.right - self.left - 130), 15, ACCENT, bold=True)
        self.write(self.left, head - 28, self._fit(self._subtitle, 9, self.right - self.left - 130), 9, MUTED)
        if printed.is_sample:
            self.box(self.right - 122, head - 20, 122, 20, line=NOTICE)
            self.centre(self.right - 61, head - 13.2, "SAMPLE PROGRAMME", 8.5, NOTICE, bold=True)
        self.rule(self.left, self.right, head - 36, ACCENT, 0.9)
        foot = MARGIN + 20
        self.rule(self.left, self.right, foot, HAIRLINE, 0.6)
        local = printed.at.astimezone()
        when = f"Printed by {printed.by} on {clock.day_text(local.date())} at {local:%H:%M}"
        self.write(self.left, foot - 11, self._fit(when, 7.5, (self.right - self.left) * 0.6), 7.5, INK)
        self.write_right(self.right, foot - 11, f"Page {self._page:,} of {self._pages:,}", 7.5, INK)
        self.write(self.left, foot - 21, self._keeping, 7.5, MUTED)
        self.write_right(self.right, foot - 21, "CoachDesk", 7.5, MUTED)

    def _fit(self, text: str, size: float, room: float) -> str:
        return lettering.shorten(lettering.printable(text), size, room)

    def write(self, x: float, y: float, text: str, size: float, colour: Colour = INK, *, bold: bool = False) -> None:
        """Write one line of any text with its baseline's left end at (x, y); what cannot be drawn is said, and warned of once."""
        drawn = self._letters.get(text)
        if drawn is None:
            drawn = self._letters[text] = self._ready(text)
        if self._pen != (size, colour, bold):
            self._take_pen(size, colour, bold)
        code = self._text._code
        for right, rise, face, operator in drawn:
            if not face:
                code.append(operator)
                continue
            if face != self._face:
                code.append(f"{face} {size:g} Tf")
                self._face = face
            code.append(f"1 0 0 1 {x + right * size:.2f} {y + rise * size:.2f} Tm {operator}")

    def write_right(self, x: float, y: float, text: str, size: float, colour: Colour = INK, *, bold: bool = False) -> None:
        """The same, with the right end at x."""
        self.write(x - lettering.width(lettering.printable(text), size), y, text, size, colour, bold=bold)

    def centre(self, x: float, y: float, text: str, size: float, colour: Colour = INK, *, bold: bool = False) -> None:
        """The same, with the middle at x."""
        self.write(x - lettering.width(lettering.printable(text), size) / 2, y, text, size, colour, bold=bold)

    def paragraph(self, x: float, y: float, lines: Sequence[str], size: float, colour: Colour = INK, *,
                  leading: float = 0.0, bold: bool = False) -> float:
        """Write wrapped lines one under the other from baseline y; answers the baseline for what follows."""
        for line in lines:
            self.write(x, y, line, size, colour, bold=bold)
            y -= leading or size * 1.35
        return y

    def warn(self, sentence: str) -> None:
        """Keep a sentence for the window, once."""
        if sentence and sentence not in self.warnings:
            self.warnings.append(sentence)

    def check(self, *texts: str) -> None:
        """Warn the window, once, if any of these texts holds what the font cannot draw; the page says it where it stands."""
        if any(map(lettering.missing, texts)):
            self.warn(f"“{self._title}”: some of its words hold signs that cannot be printed. The page says so where they stand.")

    def _ready(self, text: str) -> list[_Drawn]:
        """What draws a text, encoded once a document, since most words of a table come again and again."""
        if text.isascii() and text.isprintable():
            return self._encoded(0.0, 0.0, text, self._font)
        self.check(text)
        words = lettering.printable(text)
        stretches = lettering.stretches(words)
        if isinstance(stretches, str):
            return self._encoded(0.0, 0.0, stretches, self._font)
        parts = [(stretch.said, self._encoded(stretch.x, stretch.rise, stretch.letters, stretch.font)) for stretch in stretches]
        # What is drawn by shaped glyphs is searched and copied as it was written (PDF 1.7, section 14.9.4). Readers put letters that run
        # from the right in order by themselves, so each of those says itself where it stands.
        if all(said is None for said, _ in parts):
            return _saying(words, [piece for _, drawn in parts for piece in drawn])
        return [piece for said, drawn in parts for piece in _saying(said, drawn)]

    def _encoded(self, right: float, rise: float, letters: str, font: TTFont) -> list[_Drawn]:
        """Letters as pieces of one font subset each."""
        done: list[_Drawn] = []
        widths, at = font.face.charWidths, 0
        for subset, codes in font.splitString(letters, self._canvas._doc):
            name = font.getSubsetInternalName(subset, self._canvas._doc)
            done.append((right, rise, name, f"({self._canvas._escape(codes)}) Tj"))
            end = at + len(codes)
            if end < len(letters):
                right += sum(widths[ord(char)] for char in letters[at:end]) / 1000
            at = end
        return done

    def _take_pen(self, size: float, colour: Colour, bold: bool) -> None:
        """Change size, colour or weight (the font has one weight: bold is the outline drawn as well, so text is still read once)."""
        page, was = self._text, self._pen
        if was is None or was[0] != size:
            self._face = ""
        if was is None or was[1] != colour:
            page.setFillColorRGB(*colour)
        if bold:
            page.setStrokeColorRGB(*colour)
            page._code.append(f"{size * 0.032:.3f} w")
        if was is None or was[2] != bold:
            page.setTextRenderMode(2 if bold else 0)
        self._pen = (size, colour, bold)

    def rule(self, x1: float, x2: float, y: float, colour: Colour = HAIRLINE, thickness: float = 0.5) -> None:
        """A level line from x1 to x2."""
        self.rules(x1, x2, (y,), colour, thickness)

    def rules(self, x1: float, x2: float, ys: Sequence[float], colour: Colour = HAIRLINE, thickness: float = 0.5) -> None:
        """Level lines from x1 to x2 at each height."""
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(thickness)
        self._canvas.lines([(x1, y, x2, y) for y in ys])

    def box(self, x: float, y: float, width: float, height: float, *, fill: Colour | None = None, line: Colour | None = None) -> None:
        """A rectangle, its lower left corner at (x, y)."""
        canvas = self._canvas
        if fill:
            canvas.setFillColorRGB(*fill)
        if line:
            canvas.setStrokeColorRGB(*line)
            canvas.setLineWidth(0.7)
        canvas.rect(x, y, width, height, stroke=1 if line else 0, fill=1 if fill else 0)

    def shape(self, rings: Sequence[Sequence[tuple[float, float]]], *, fill: Colour | None = None, line: Colour | None = None,
              thickness: float = 0.7) -> None:
        """An area of rings by the odd-even rule, points from the lower left corner of the page."""
        canvas = self._canvas
        path = canvas.beginPath()
        for ring in rings:
            path.moveTo(*ring[0])
            for x, y in ring[1:]:
                path.lineTo(x, y)
            path.close()
        if fill:
            canvas.setFillColorRGB(*fill)
        if line:
            canvas.setStrokeColorRGB(*line)
            canvas.setLineWidth(thickness)
        canvas.drawPath(path, stroke=1 if line else 0, fill=1 if fill else 0, fillMode=0)

    def strokes(self, segments: Sequence[tuple[float, float, float, float]], colour: Colour, thickness: float) -> None:
        """Straight lines, each from one point to another."""
        if segments:
            self._canvas.setStrokeColorRGB(*colour)
            self._canvas.setLineWidth(thickness)
            self._canvas.lines(segments)

    def keep_inside(self, x: float, y: float, width: float, height: float) -> None:
        """What is drawn until `anywhere` stays inside this rectangle (text does not: it is drawn last)."""
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(x, y, width, height)
        self._canvas.clipPath(path, stroke=0, fill=0)

    def anywhere(self) -> None:
        """Ends `keep_inside`."""
        self._canvas.restoreState()

    def finish(self, out: Path | BinaryIO) -> Paper:
        """Close the last page and write the PDF: into the open file, or whole or not at all to the path.

        Trouble if the path cannot be written. A page count other than the one promised at the start is a bug.
        """
        self._close_page()
        if self._page != self._pages:
            raise AssertionError(f"{self._page} pages were printed, {self._pages} were counted")
        self._canvas.save()
        if isinstance(out, Path):
            _write_whole(out, self._bytes)
        else:
            out.write(self._bytes.getbuffer())
        return Paper(self._page, tuple(self.warnings))


def _saying(words: str | None, drawn: list[_Drawn]) -> list[_Drawn]:
    """Pieces that are read as these words, whatever glyphs they are made of; as they stand where that is None."""
    if words is None:
        return drawn
    spoken = ("\ufeff" + words).encode("utf-16-be").hex().upper()
    return [(0.0, 0.0, "", f"/Span <</ActualText <{spoken}>>> BDC"), *drawn, (0.0, 0.0, "", "EMC")]


def _write_whole(path: Path, content: BytesIO) -> None:
    """Write beside the path, then move into place, so that a full disk never leaves half a document."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content.getbuffer())
        os.replace(part, path)
    except OSError as problem:
        part.unlink(missing_ok=True)
        why = problem.strerror or "the place refused it"
        raise Trouble(f"The document could not be saved as {path.name}: {why}. Nothing else was changed.",
                      "Choose another folder, or close the document where it is open, and save it again.") from problem
