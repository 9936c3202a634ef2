"""How the desk looks: two palettes, one calm accent, one scale for all text and spacing. Knows no screen."""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from coachdesk.settings import SIZES as SCALES
from coachdesk.settings import resources

SMALL, MEDIUM, LARGE, WIDE = 4, 8, 16, 24      # spacing in pixels at 100 %
_LEAST_POINTS = 10.0
_IN_FUSION = "coachdesk_in_fusion"


class Colours(NamedTuple):
    """One palette; every value is `#rrggbb`."""

    window: str
    surface: str
    stripe: str
    ink: str
    muted: str
    line: str
    edge: str            # borders of things one can type in or press
    accent: str
    accent_ink: str
    accent_soft: str
    rail: str
    refused: str
    refused_ink: str
    trouble: str
    trouble_ink: str
    done: str
    done_ink: str
    sample: str
    sample_ink: str


LIGHT = Colours(
    window="#f5f4f0", surface="#ffffff", stripe="#faf9f6", ink="#1f2933", muted="#525d68", line="#dbd8d0", edge="#7d868e",
    accent="#1d5f6c", accent_ink="#ffffff", accent_soft="#d8eaec", rail="#eae8e1",
    refused="#fbeed5", refused_ink="#573a05", trouble="#fae1de", trouble_ink="#75201a", done="#e0f0e4", done_ink="#1b5031",
    sample="#e9e3f4", sample_ink="#41306b",
)
DARK = Colours(
    window="#1a1f23", surface="#232a2f", stripe="#272e34", ink="#e7eaec", muted="#a9b4bd", line="#39434a", edge="#7f8b94",
    accent="#7cc5d0", accent_ink="#0b2328", accent_soft="#24464e", rail="#15191c",
    refused="#3d3119", refused_ink="#f6dc9f", trouble="#46231f", trouble_ink="#f8beb6", done="#1e3b29", done_ink="#b7e5c5",
    sample="#342b4b", sample_ink="#d7c9f5",
)
# Text on ground, as it is drawn somewhere: a test holds each to 4.5 : 1.
READ_PAIRS = (
    ("ink", "window"), ("ink", "surface"), ("ink", "stripe"), ("ink", "rail"), ("ink", "accent_soft"), ("muted", "window"),
    ("muted", "surface"), ("muted", "stripe"), ("muted", "rail"), ("accent", "window"), ("accent", "surface"), ("accent_ink", "accent"),
    ("accent", "accent_soft"), ("refused_ink", "refused"), ("trouble_ink", "trouble"), ("done_ink", "done"), ("sample_ink", "sample"),
    ("trouble_ink", "window"), ("trouble_ink", "surface"),
)
# Borders and focus rings on ground: 3 : 1 (WCAG 2.2, 1.4.11).
EDGE_PAIRS = (("edge", "window"), ("edge", "surface"), ("accent", "window"), ("accent", "surface"), ("accent", "rail"))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


class Theme(QObject):
    """Puts palette, font size and style sheet on the application; `changed` after each change.

    `dark` None follows the system. Sizes are per cent of the system's own text size.
    """

    changed = Signal()

    def __init__(self, app: QApplication, dark: bool | None = None, scale: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._base = max(app.font().pointSizeF(), _LEAST_POINTS)
        self.scale = scale
        self.chosen = dark
        self.dark = self._system_is_dark() if dark is None else dark

    @property
    def colours(self) -> Colours:
        """The palette in use."""
        return DARK if self.dark else LIGHT

    def apply(self) -> None:
        """Dress the whole application."""
        if not self._app.property(_IN_FUSION):
            self._app.setStyle("Fusion")
            self._app.setProperty(_IN_FUSION, True)
        font = QFont(self._app.font())
        font.setPointSizeF(self._base * self.scale / 100)
        self._app.setFont(font)
        self._app.setPalette(palette(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours, self._base, self.scale, self.dark))
        self.changed.emit()

    def set_scale(self, per_cent: int) -> None:
        """Text and spacing at 100 to 200 per cent."""
        self.scale = min(max(per_cent, SCALES[0]), SCALES[-1])
        self.apply()

    def bigger(self) -> None:
        """The next step up."""
        self.set_scale(next((step for step in SCALES if step > self.scale), SCALES[-1]))

    def smaller(self) -> None:
        """The next step down."""
        self.set_scale(next((step for step in reversed(SCALES) if step < self.scale), SCALES[0]))

    def set_dark(self, dark: bool | None) -> None:
        """Dark, light, or (None) as the system has it."""
        self.chosen = dark
        self.dark = self._system_is_dark() if dark is None else dark
        self.apply()

    def _system_is_dark(self) -> bool:
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def wear_noto(self) -> None:
        """Use the shipped Noto Sans: for pictures and tests, where the machine's own fonts are not worth looking at."""
        import fontpkg_noto_sans
        from PySide6.QtGui import QFontDatabase

        for file in sorted((fontpkg_noto_sans.ROOT / "files").glob("NotoSans*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        font = QFont(fontpkg_noto_sans.FAMILY)
        font.setPointSizeF(self._base)
        self._app.setFont(font)
        self.apply()


def make_application(program: str = "coachdesk") -> QApplication:
    """The QApplication in our style from the start: asking for it later wraps QStyle, which costs 5 ms before the first paint."""
    app = QApplication([program, "-style", "Fusion"])
    app.setApplicationName("CoachDesk")
    app.setProperty(_IN_FUSION, True)
    return app


def palette(colours: Colours) -> QPalette:
    """The Qt palette of a set of colours; parts that draw by hand read only this."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, name in (
        (roles.Window, "window"), (roles.WindowText, "ink"), (roles.Base, "surface"), (roles.AlternateBase, "stripe"), (roles.Text, "ink"),
        (roles.Button, "surface"), (roles.ButtonText, "ink"), (roles.Highlight, "accent_soft"), (roles.HighlightedText, "ink"),
        (roles.PlaceholderText, "muted"), (roles.Link, "accent"), (roles.Accent, "accent"), (roles.ToolTipBase, "surface"),
        (roles.ToolTipText, "ink"), (roles.Mid, "line"), (roles.Dark, "edge"), (roles.BrightText, "trouble_ink"),
    ):
        made.setColor(role, QColor(getattr(colours, name)))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return made


def style_sheet(colours: Colours, base_points: float, scale: int, dark: bool) -> str:
    """The shipped sheet with colours, sizes and pictures filled in: `@name` a colour, `@4px` pixels scaled, `@1.3em` text size."""
    folder = resources() / "theme"
    sheet = (folder / "desk.qss").read_text("utf-8")
    named = colours._asdict()
    named |= {"pictures": folder.as_posix(), "shade": "dark" if dark else "light"}

    def fill(found: re.Match[str]) -> str:
        word = found[1]
        if word.endswith("px"):
            return f"{round(int(word[:-2]) * scale / 100)}px"
        if word.endswith("em"):
            return f"{float(word[:-2]) * base_points * scale / 100:.1f}pt"
        return str(named[word])

    return re.sub(r"@([\d.]+(?:px|em)|[a-z_]+)", fill, sheet)
