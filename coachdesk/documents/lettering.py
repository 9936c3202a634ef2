"""How names and words become letters on the page: cleaned, measured, wrapped, shaped; what cannot be drawn is said.

One font (Noto Sans: Latin, Greek, Cyrillic, Devanagari). Plain text, which is nearly all, is drawn as it stands, so that it can be
copied and searched in the PDF. Text with loose combining marks or Devanagari is shaped by HarfBuzz, run by run.
Widths are in points. Nothing is remembered here between documents: names are personal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import fontpkg_noto_sans
import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT = "CoachDeskSans"
"""The name under which reportlab knows the page font; call `register` first."""

_FILE = "files/NotoSans[wdth,wght].ttf"
_GLYPHS = 0xE000                      # glyphs without a character of their own stand here, at a fixed place, so that output repeats
_MOST_MARKS = 3                       # marks over one letter, once composed; real spelling needs no more
_MARKS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_DEVANAGARI = r"\u0900-\u0963\u0966-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff\u200c\u200d"
_PILE = re.compile(f"[{_MARKS}]{{{_MOST_MARKS + 1},}}")
_INDIC = re.compile(f"[{_DEVANAGARI}]")
_TO_SHAPE = re.compile(f"([{_DEVANAGARI}]+|.?[{_MARKS}]+)")
_SCRIPTS = {"Cjk": "Chinese or Japanese", "Hiragana": "Japanese", "Katakana": "Japanese", "Hangul": "Korean"}


@dataclass(frozen=True)
class Stretch:
    """Letters drawn from one point: how far right of the text's start and above its baseline, in parts of the size."""

    x: float
    rise: float
    letters: str


@lru_cache(maxsize=1)
def register() -> TTFont:
    """The page font, loaded and made known to reportlab once in a process."""
    font = TTFont(FONT, str(fontpkg_noto_sans.ROOT / _FILE))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=1)
def _charset() -> frozenset[int]:
    """Code points the font can draw (before any glyph is given a private place)."""
    return frozenset(code for code in register().face.charToGlyph if code >= 32 and not 0xE000 <= code <= 0xF8FF)


@lru_cache(maxsize=1)
def _advances() -> dict[str, float]:
    """Width of every character at size 1."""
    widths = register().face.charWidths
    return {chr(code): widths[code] / 1000 for code in _charset()}


@lru_cache(maxsize=1)
def _harfbuzz() -> uharfbuzz.Font:
    return uharfbuzz.Font(register().hbFace)


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
    if not _INDIC.search(words.replace("\u200c", "").replace("\u200d", "")):
        words = words.replace("\u200c", "").replace("\u200d", "")
    return _PILE.sub(lambda pile: pile.group()[:_MOST_MARKS], words)


def missing(text: str) -> str:
    """The characters of a text that the page font cannot draw, each once, in order; empty if it can draw them all."""
    if text.isascii():
        return ""
    drawn = _charset()
    return "".join(dict.fromkeys(char for char in clean(text) if ord(char) not in drawn and char not in "\u200c\u200d"))


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
        return sum(map(_advances().__getitem__, text)) * size
    return _shape(text)[1] * size


def _is_plain(text: str) -> bool:
    return text.isascii() or not _TO_SHAPE.search(text)


def stretches(text: str) -> str | tuple[Stretch, ...]:
    """What to draw for a cleaned, printable text: the text itself where it is plain, else its shaped stretches."""
    return text if _is_plain(text) else _shape(text)[0]


def _shape(text: str) -> tuple[tuple[Stretch, ...], float]:
    """Shape what needs it, letter by letter or run by run, and leave the rest plain: the stretches, and the whole width at size 1.

    Every stretch is placed by itself: reportlab's own drawing of shaped text loses the baseline after two raised marks in a row.
    """
    done: list[tuple[int, int, str]] = []         # in thousandths of the size, which are this font's own units
    face, x, ends = register().face, 0, -1
    for run in filter(None, _TO_SHAPE.split(text)):
        if _is_plain(run):
            done.append((x, 0, run))
            x += sum(face.charWidths[ord(char)] for char in run)
            ends = -1
            continue
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        uharfbuzz.shape(_harfbuzz(), buffer, {"kern": False, "liga": False})
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            code = _character(run[info.cluster], info.codepoint)
            at, rise = x + place.x_offset, place.y_offset
            if at == ends and rise == done[-1][1]:
                done[-1] = (done[-1][0], rise, done[-1][2] + chr(code))
            else:
                done.append((at, rise, chr(code)))
            ends = at + face.charWidths[code]
            x += place.x_advance
    return tuple(Stretch(at / 1000, rise / 1000, drawn) for at, rise, drawn in done), x / 1000


def _character(char: str, glyph: int) -> int:
    """The character by which a glyph is drawn: its own where it has one (so that the PDF can be searched), else a fixed private one."""
    face = register().face
    if face.charToGlyph.get(ord(char)) == glyph:
        return ord(char)
    own = [code for code in face.glyphToChar.get(glyph, ()) if code in _charset()]
    if own:
        return int(min(own))
    code = _GLYPHS + glyph
    if code not in face.charToGlyph:
        face.charWidths[code] = _harfbuzz().get_glyph_h_advance(glyph)
        face.charToGlyph[code] = glyph
    return code


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
