"""Text as every room keeps it: one form of writing (Unicode NFC), only signs that can be seen, a limit for its length.

Names of people need joiners and marks of many scripts, so those stay. What commands a screen or turns the reading direction of its
neighbours (control signs, U+202A–202E, U+2066–2069) is refused, and so is half of a surrogate pair, which no file can hold.
"""

from __future__ import annotations

import re
import unicodedata

from coachdesk.errors import Refusal

LONGEST_NAME, LONGEST_LINE, LONGEST_NOTE = 200, 500, 4000  # characters
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and marks by their category, but nothing to be seen
_AROUND = " \t\r\n\x85\xa0\u200b\u2028\u2029\u2060\ufeff"


def line_of(text: str | None, what: str, longest: int = LONGEST_LINE) -> str | None:
    """One line with single spaces; None when there is nothing to be seen in it.

    what: begins the sentence ("A name", "The reason"). Refusal for a sign that cannot be kept, or more than `longest` characters.
    """
    if not text:
        return None
    return _kept(" ".join(_seen(text, what).split()), what, longest)


def lines_of(text: str | None, what: str = "A note", longest: int = LONGEST_NOTE) -> str | None:
    """Text of several lines, without the blanks around it; None when there is nothing to be seen in it. Refusal as in line_of."""
    if not text:
        return None
    return _kept(_seen(text, what).replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"), what, longest)


def needed_line(text: str | None, what: str) -> str:
    """As line_of, where something must be said. Refusal when it is empty."""
    clean = line_of(text, sentence_case(what))
    if clean is None:
        raise Refusal(f"{sentence_case(what)} is needed.", "Type it and save again; nothing was saved.")
    return clean


def name_of(text: str | None, whose: str) -> str:
    """A name in one line. Refusal when there is none ("`whose` needs a name"), or it is longer than LONGEST_NAME characters."""
    name = line_of(text, "That name", LONGEST_NAME)
    if name is None:
        raise Refusal(f"{whose} needs a name.", "Type the name; nothing was changed.")
    return name


def sentence_case(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def _seen(text: str, what: str) -> str:
    if text.isascii() and text.isprintable():  # the quick way for most of what is typed
        return text
    wrong = _UNSEEN.search(text)
    if wrong:
        raise Refusal(
            f"{what} holds a sign that cannot be seen or kept (U+{ord(wrong[0]):04X}).", "Type it again without it; nothing was changed."
        )
    return unicodedata.normalize("NFC", text)


def _kept(text: str, what: str, longest: int) -> str | None:
    clean = text.strip(_AROUND)
    if not clean.isascii() and all(sign.isspace() or sign in _BLANK or unicodedata.category(sign) == "Cf" for sign in clean):
        return None
    if len(clean) > longest:
        raise Refusal(f"{what} is longer than {longest} characters.", "Shorten it; nothing was changed.")
    return clean or None
