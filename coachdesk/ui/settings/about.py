"""What the program is made of, under which licences, and whose postcode data it carries."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

import coachdesk
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

LICENCES = (
    ("SQLCipher, the encrypted store", "BSD 3-clause, © Zetetic LLC; with SQLite (public domain) and OpenSSL (Apache 2.0)"),
    ("sqlcipher3, its binding", "zlib licence"),
    ("Qt and PySide6, the window", "LGPL 3; used as separate libraries, which you may replace by your own build"),
    ("PDFium, in Qt’s page preview", "BSD 3-clause"),
    ("SQLAlchemy and Alembic", "MIT licence"),
    ("PyNaCl and libsodium, keys", "Apache 2.0 and ISC"),
    ("reportlab and uharfbuzz, paper", "BSD and Apache 2.0; HarfBuzz MIT"),
    ("Noto Sans, the letters on paper", "SIL Open Font License 1.1"),
    ("QtAwesome and Phosphor, the icons", "MIT licence"),
    ("msgspec", "BSD 3-clause"),
    ("RapidFuzz", "MIT licence"),
    ("phonenumbers", "Apache 2.0"),
    ("openpyxl and xlrd, lists of wards", "MIT and BSD"),
    ("platformdirs", "MIT licence"),
    ("Python", "Python Software Foundation License"),
)
DATA = (
    "Postcodes are available under the Open Government Licence, version 3: "
    "www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)


class AboutView(QWidget):
    """Read-only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        place = QWidget()
        self._down = QVBoxLayout(place)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(MEDIUM + SMALL)
        program = Card("CoachDesk")
        program.body.addWidget(Facts([("Version", coachdesk.__version__), ("What it is", coachdesk.__doc__ or "")]))
        licences = Card("Made of")
        licences.body.addWidget(Facts(LICENCES))
        data = Card("Postcodes")
        self.attribution = PlainLabel("", wrap=True)
        data.body.addWidget(PlainLabel(DATA, "muted", wrap=True))
        data.body.addWidget(self.attribution)
        for card in (program, data, licences):
            self._down.addWidget(card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.addWidget(Scrolled(place))

    def show_shelf(self, shelf: Any) -> None:
        """The attribution lines of every edition on this computer."""
        said = [f"{edition.title}\n{edition.attribution}" for edition in reversed(shelf.editions())]
        self.attribution.setText("\n\n".join(said) or "No postcode edition is on this computer.")
