"""How names and words become letters on the page: cleaned, measured, wrapped, shaped; what cannot be drawn is said.

Plain text in the page font, which is nearly all, is drawn as it stands, so that it can be copied and searched in the PDF. Everything
else is put in reading order (`reading_order`), parted into runs of one font and script (`faces`), and shaped by HarfBuzz, run by run.
Widths are in points. Nothing is remembered here between documents: names are personal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont

from coachdesk.documents import reading_order
from coachdesk.documents.faces import FONT, Face, faces, is_joiner, script_of

__all__ = ["FONT", "Stretch", "clean", "missing", "printable", "register", "shorten", "spell", "stretches", "width", "wrap"]

_MOST_MARKS = 3                       # marks over one letter, once composed; real spelling needs no more
_MARKS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_OTHER_MARKS = (r"\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0730-\u074a"
                r"\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0980-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51\u0b82\u0bbe-\u0bcd"
                r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e")
_DEVANAGARI = r"\u0900-\u0963\u0966-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff\u200c\u200d"
_PILE = re.compile(f"[{_MARKS}]{{{_MOST_MARKS + 1},}}|[{_OTHER_MARKS}]{{{_MOST_MARKS + 1},}}")
_JOINING = re.compile(r"[\u0600-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\u1cd0-\u1cff\ua8e0-\ua8ff\ufb50-\ufdff\ufe70-\ufefc]")
_TO_SHAPE = re.compile(f"([{_DEVANAGARI}]+|.?[{_MARKS}]+|[\U00010000-\U0010ffff]+)")
_SCRIPTS = {"Cjk": "Chinese or Japanese", "Hiragana": "Japanese", "Katakana": "Japanese", "Hangul": "Korean"}


@dataclass(frozen=True)
class Stretch:
    """Letters drawn from one point: how far right of the text's start and above its baseline, in parts of the size, in which font.

    said: what they say where they are read from the right, in the order in which they stand; empty for dots and marks, which the letter
    itself says; None where they are read from the left.
    """

    x: float
    rise: float
    letters: str
    font: TTFont
    said: str | None = None


def register() -> TTFont:
    """The page font, loaded and made known to reportlab once in a process."""
    return faces().page.font


def clean(text: str) -> str:
    """The same words, harmless: composed (NFC), controls as spaces, direction overrides and invisible marks gone, spaces single.

    A pile of marks on one letter is cut to three, so that it cannot run over the rows above.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        if kind in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif kind == "Cs":
            kept.append("\ufffd")
        elif kind != "Cf" or char in "\u200c\u200d":
            kept.append(char)
    words = " ".join("".join(kept).split())
    if not _JOINING.search(words):
        words = words.replace("\u200c", "").replace("\u200d", "")
    return _PILE.sub(lambda pile: pile.group()[:_MOST_MARKS], words)


def missing(text: str) -> str:
    """The characters of a text that no font here can draw, each once, in order; empty if all can be drawn."""
    if text.isascii():
        return ""
    face_of = faces().of
    return "".join(dict.fromkeys(char for char in clean(text) if face_of(char) is None and not is_joiner(char)))


def printable(text: str) -> str:
    """Cleaned text in which every stretch that the font cannot draw is said in brackets."""
    words = clean(text)
    lost = missing(words)
    if not lost:
        return words
    holes = re.compile(f"[{re.escape(lost)}](?:[{re.escape(lost)} ]*[{re.escape(lost)}])?")
    return holes.sub(lambda hole: f"[{_said(hole.group())} this page cannot print]", words)


def spell(name: str, reference: str) -> tuple[str, str]:
    """A person's name as it can be printed, and a warning for the window (empty if all of it can be drawn).

    A name that is wholly beyond the font becomes a sentence with the reference, never a blank. The warning names the reference only.
    """
    words, reference = clean(name), printable(reference)
    lost = missing(words)
    if not lost:
        return (words, "") if words else (f"[no name] {reference}".strip(), "")
    letters = sum(char in lost for char in words)
    script = _script(words, lost)
    if any(char.isalpha() and char not in lost for char in words):
        shown = f"{printable(words)} {reference}".strip()
    else:
        shown = f"[name in {script}, which this page cannot print: {_letters(letters)}] {reference}".strip()
    return shown, f"{reference or 'A name'}: {_letters(letters)} ({script}) cannot be printed. The page says so in place of the name."


def _letters(count: int) -> str:
    return "1 letter" if count == 1 else f"{count:,} letters"


def _said(stretch: str) -> str:
    return f"{_letters(len(stretch.replace(' ', '')))} in {_script(stretch, stretch)}"


def _script(text: str, lost: str) -> str:
    """The sector's plain word for the script of the first lost letter."""
    for char in text:
        if char in lost and char.isalpha():
            word = unicodedata.name(char, "another").split()[0].split("-")[0].capitalize()
            return f"{_SCRIPTS.get(word, word)} script" if word != "Another" else "a script"
    return "signs or symbols"


def width(text: str, size: float) -> float:
    """Width in points of cleaned, printable text at a size."""
    if _is_plain(text):
        return sum(map(faces().page.advances.__getitem__, text)) * size
    return _shape(text)[1] * size


def _is_plain(text: str) -> bool:
    """Whether the page font draws it letter by letter, from the left, as it stands."""
    return text.isascii() or (not _TO_SHAPE.search(text) and faces().page.charset.issuperset(map(ord, text)))


def stretches(text: str) -> str | tuple[Stretch, ...]:
    """What to draw for a cleaned, printable text: the text itself where it is plain, else its shaped stretches."""
    return text if _is_plain(text) else _shape(text)[0]


def _shape(text: str) -> tuple[tuple[Stretch, ...], float]:
    """Runs in reading order, each shaped or plain, from the left: the stretches, and the whole width at size 1.

    Every stretch is placed by itself: reportlab's own drawing of shaped text loses the baseline after two raised marks in a row.
    """
    pen = _Pen()
    for face, run, level in _runs(text):
        if face is faces().page and level % 2 == 0:
            for part in filter(None, _TO_SHAPE.split(run)):
                if _TO_SHAPE.match(part):
                    pen.shape(face, part, "ltr", {"kern": False, "liga": False})
                else:
                    pen.plain(face, part)
        else:
            pen.shape(face, run, "rtl" if level % 2 else "ltr", {})
    return tuple(Stretch(at / 1000, rise / 1000, drawn, face.font, said) for at, rise, drawn, face, said in pen.done), pen.x / 1000


def _runs(text: str) -> list[tuple[Face, str, int]]:
    """Runs of one font, script and level, as they stand on the line. Signs of no script stay with the letters before them."""
    known, levels = faces(), reading_order.levels(text)
    runs: list[tuple[Face, str, int]] = []
    script = ""
    for char, level in zip(text, levels, strict=True):
        own = script_of(char) if char.isalpha() else ""
        before = runs[-1] if runs else None
        stays = before is not None and before[2] == level and (not own or not script or own == script)
        if before is not None and stays and (ord(char) in before[0].charset or is_joiner(char)):
            runs[-1] = (before[0], before[1] + char, level)
        else:
            runs.append((known.of(char) or known.page, char, level))
            script = ""
        script = own or script
    return reading_order.in_order(runs, [level for _, _, level in runs])


class _Pen:
    """Gathers stretches from the left; all figures are thousandths of the size."""

    def __init__(self) -> None:
        self.x = 0.0
        self.done: list[tuple[float, float, str, Face, str | None]] = []
        self._ends = -1.0

    def plain(self, face: Face, letters: str) -> None:
        self.done.append((self.x, 0, letters, face, None))
        self.x += sum(face.widths[ord(char)] for char in letters)
        self._ends = -1.0

    def shape(self, face: Face, run: str, direction: str, features: dict[str, bool]) -> None:
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = direction
        uharfbuzz.shape(face.shaper, buffer, features)
        self._ends = -1.0
        begin, ends = len(self.done), dict(zip(*_cluster_ends(run, [info.cluster for info in buffer.glyph_infos]), strict=True))
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            code = face.character(run[info.cluster], info.codepoint)
            at, rise = self.x + place.x_offset * face.unit, place.y_offset * face.unit
            said = run[info.cluster:ends.pop(info.cluster, info.cluster)][::-1] if direction == "rtl" else None
            if at == self._ends and rise == self.done[-1][1] and direction == "ltr":
                self.done[-1] = (self.done[-1][0], rise, self.done[-1][2] + chr(code), face, None)
            else:
                begin = len(self.done) if said else begin
                self.done.append((at, rise, chr(code), face, said))
                if said == "" and place.x_advance:      # the letter says it, not its dots: readers measure words by what speaks
                    self.done[begin], self.done[-1] = (*self.done[begin][:4], ""), (at, rise, chr(code), face, self.done[begin][4])
                    begin = len(self.done) - 1
            self._ends = at + face.widths[code]
            self.x += place.x_advance * face.unit


def _cluster_ends(run: str, clusters: list[int]) -> tuple[list[int], list[int]]:
    """Where each cluster of a shaped run begins, and where it ends."""
    begins = sorted(set(clusters))
    return begins, [*begins[1:], len(run)]


def shorten(text: str, size: float, room: float) -> str:
    """Cleaned text that fits its room, its end given up for … where it must."""
    if (text.isascii() and len(text) * size <= room) or width(text, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def wrap(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """Cleaned text in at most so many lines that fit the room; a long word is broken; the last line ends in … if text is left over."""
    if (text.isascii() and len(text) * size <= room) or width(text, size) <= room:
        return (text,)
    done: list[str] = []
    rest = text
    while rest and len(done) < lines - 1:
        line = _first_line(rest, size, room)
        done.append(line.rstrip())
        rest = rest[len(line):].lstrip()
    if rest:
        done.append(shorten(rest, size, room))
    return tuple(done)


def _first_line(text: str, size: float, room: float) -> str:
    """As much of a text as fits one line: whole words, or as much of a word as fits; at least one letter."""
    if width(text, size) <= room:
        return text
    low, high = 1, min(len(text), max(1, int(room / (size * 0.15))))
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], size) <= room:
            low = middle
        else:
            high = middle - 1
    if text[low:low + 1] == " ":
        return text[:low]
    space = text.rfind(" ", 0, low)
    hyphen = text.rfind("-", 0, low)
    if hyphen > space and text[hyphen + 1:hyphen + 2].isalpha():
        space = hyphen
    return text[:space + 1] if space > 0 else text[:low]
