"""Which fonts there are on paper, and which of them draws a character: the page font, packaged fonts for other scripts, the system's.

The page font (Noto Sans) has Latin, Greek, Cyrillic and Devanagari; Arabic (with Urdu, Persian, Kurdish) and Tamil come as packages.
For any other script a font of the system is looked for the first time that script is met, by the names under which Debian, Windows
and macOS have them; fonts with PostScript outlines cannot be put into our PDFs and are passed over.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

FONT = "CoachDeskSans"
"""The name under which reportlab knows the page font."""

_PAGE = ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf")
_PACKAGED = (("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"), ("fontpkg_noto_sans_tamil", "NotoSansTamil[wdth,wght].ttf"))
_PRIVATE = 0xE000                     # glyphs without a character of their own stand here, at a fixed place, so that output repeats
_PRIVATE_END = 0xF8FF
_LAST = 0xFFFF                        # reportlab's table of what a glyph says goes no further (it would write five digits for four)
_JOINERS = "\u200c\u200d"

# Files by the script's word in Unicode's names of characters; what nearly every computer has for several scripts stands last.
_FILES: dict[str, tuple[str, ...]] = {
    "CJK": ("msyh.ttc", "simsun.ttc", "DroidSansFallbackFull.ttf", "wqy-zenhei.ttc", "wqy-microhei.ttc", "STHeiti Light.ttc"),
    "HIRAGANA": ("msgothic.ttc", "YuGothR.ttc", "DroidSansFallbackFull.ttf", "wqy-zenhei.ttc"),
    "KATAKANA": ("msgothic.ttc", "YuGothR.ttc", "DroidSansFallbackFull.ttf", "wqy-zenhei.ttc"),
    "HANGUL": ("malgun.ttf", "NanumGothic.ttf", "AppleGothic.ttf", "DroidSansFallbackFull.ttf"),
    "ETHIOPIC": ("ebrima.ttf", "Kefa.ttc", "AbyssinicaSIL-Regular.ttf"),
    "MYANMAR": ("mmrtext.ttf", "Padauk-Regular.ttf"),
    "THAI": ("LeelawUI.ttf", "Thonburi.ttc", "Garuda.ttf"),
    "KHMER": ("LeelawUI.ttf", "KhmerOS.ttf"),
    "TIBETAN": ("himalaya.ttf", "Kailasa.ttc"),
    "SINHALA": ("Iskpota.ttf", "lklug.ttf"),
}
_INDIC = ("BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA")
_INDIC_FILES = ("Nirmala.ttf", "Nirmala.ttc", "NirmalaUI.ttf")
_ANY = ("Arial Unicode.ttf", "ARIALUNI.TTF", "DejaVuSans.ttf", "segoeui.ttf", "FreeSans.ttf")


class Face:
    """One font that reportlab and HarfBuzz both know. Widths are in thousandths of the size."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self.font = TTFont(name, str(file))
        pdfmetrics.registerFont(self.font)
        self.widths: dict[int, float] = self.font.face.charWidths

    @cached_property
    def charset(self) -> frozenset[int]:
        """Code points the font draws (taken before any glyph is given a private place)."""
        return frozenset(code for code in self.font.face.charToGlyph if code >= 32 and not _PRIVATE <= code <= _PRIVATE_END)

    @cached_property
    def advances(self) -> dict[str, float]:
        """Width of every character at size 1."""
        return {chr(code): self.widths[code] / 1000 for code in self.charset}

    @cached_property
    def shaper(self) -> uharfbuzz.Font:
        """The same font as HarfBuzz knows it."""
        return uharfbuzz.Font(self.font.hbFace)

    @cached_property
    def unit(self) -> float:
        """Thousandths of the size in one unit of the font."""
        return 1000 / float(self.font.hbFace.upem)

    def character(self, char: str, glyph: int) -> int:
        """The character by which a glyph is drawn: its own where it has one (so that the PDF can be searched), else a fixed private one."""
        face = self.font.face
        if ord(char) <= _LAST and face.charToGlyph.get(ord(char)) == glyph:
            return ord(char)
        own = [code for code in face.glyphToChar.get(glyph, ()) if code in self.charset and code <= _LAST]
        if own:
            return int(min(own))
        self.charset                    # noqa: B018  what the font draws by itself is noted before anything is added
        code = _PRIVATE + glyph % (_PRIVATE_END - _PRIVATE)
        while face.charToGlyph.get(code, glyph) != glyph:       # a font of very many glyphs
            code = code + 1 if code < _PRIVATE_END else _PRIVATE
        if face.charToGlyph.get(code) != glyph:
            face.charWidths[code] = round(self.shaper.get_glyph_h_advance(glyph) * self.unit)
            face.charToGlyph[code] = glyph
        return code


class Faces:
    """The fonts of this computer. `folders` are searched for the system's; packages and folders can be others in tests."""

    def __init__(self, folders: Sequence[Path] | None = None, packaged: Sequence[tuple[str, str]] = _PACKAGED, name: str = FONT) -> None:
        self._name = name
        self.page = Face(name, _in_package(*_PAGE))
        self._folders = tuple(folders) if folders is not None else system_folders()
        self._packaged: list[tuple[str, str]] | None = list(packaged)
        self._more: list[Face] = []
        self._tried: set[str] = set()
        self._known: dict[str, Face | None] = {}

    def of(self, char: str) -> Face | None:
        """The font that draws a character; None when no font here does."""
        if ord(char) in self.page.charset:
            return self.page
        if char not in self._known:
            self._known[char] = self._found(char)
        return self._known[char]

    def _found(self, char: str) -> Face | None:
        if self._packaged is not None:                  # loaded with the first letter that the page font lacks
            wanted, self._packaged = self._packaged, None
            for package, file in wanted:
                self._take(_in_package(package, file))
        for face in self._more:
            if ord(char) in face.charset:
                return face
        if not drawable(char):
            return None
        for file in self._candidates(script_of(char)):
            if file not in self._tried and (path := self._files.get(file.casefold())) is not None:
                taken = self._take(path)
                if taken is not None and ord(char) in taken.charset:
                    return taken
        return None

    def _take(self, path: Path) -> Face | None:
        self._tried.add(path.name)
        try:
            face = Face(f"{self._name}{len(self._more) + 2}", path)
        except (TTFError, OSError, ValueError, KeyError, IndexError):     # a broken file, or PostScript outlines
            return None
        self._more.append(face)
        return face

    @staticmethod
    def _candidates(script: str) -> tuple[str, ...]:
        noto = f"NotoSans{script.capitalize()}"
        named = (f"{noto}-Regular.ttf", f"{noto}[wdth,wght].ttf", f"{noto}UI-Regular.ttf", f"Lohit-{script.capitalize()}.ttf")
        return (*named, *(_INDIC_FILES if script in _INDIC else ()), *_FILES.get(script, ()), *_ANY)

    @cached_property
    def _files(self) -> dict[str, Path]:
        """Font files of the system by name, folded; looked for once, when a name first needs it."""
        found: dict[str, Path] = {}
        for folder in self._folders:
            for at, _, names in os.walk(folder):
                found.update((name.casefold(), Path(at, name)) for name in names if name.casefold().endswith((".ttf", ".ttc")))
        return found


_now: Faces | None = None


def faces() -> Faces:
    """This computer's fonts, made known to reportlab once in a process."""
    global _now  # noqa: PLW0603  the one seam for tests
    if _now is None:
        _now = Faces()
    return _now


def use_faces(others: Faces | None) -> None:
    """Other fonts from now on (tests only); None: this computer's again."""
    global _now  # noqa: PLW0603  the one seam for tests
    _now = others


def system_folders() -> tuple[Path, ...]:
    """Where fonts are kept on this kind of computer, the later ones first in rank."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return (Path(local, "Microsoft", "Windows", "Fonts"), Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"))
    if sys.platform == "darwin":
        return (Path.home() / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local" / "share" / "fonts")


def drawable(char: str) -> bool:
    """Whether a character could be a letter or sign of some font: not private, not unassigned, no half of a pair."""
    return unicodedata.category(char) not in ("Co", "Cn", "Cs", "Cc")


def script_of(char: str) -> str:
    """The script's word in Unicode's name of a character, such as ARABIC or BENGALI; empty for signs without a name."""
    return unicodedata.name(char, "").split(" ")[0].split("-")[0]


def is_joiner(char: str) -> bool:
    """The two invisible signs that tell letters to join or not to."""
    return char in _JOINERS


def _in_package(package: str, file: str) -> Path:
    return Path(str(import_module(package).ROOT)) / "files" / file
