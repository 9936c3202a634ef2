"""What is written in the index of one record, and what a typed text means.

A record has words (folded by its room, each found by its beginning) and signs: telephone number, postcode, reference, squeezed, found by
any piece of three letters or digits and more. A sign stands in the index as all its runs of three, each one token of a single private
letter, so that a piece in the middle is found by intersecting short lists, and no token of a sign is the beginning of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

LEAST_PIECE = 3
LEAST_NEAR = 4  # letters of a word that may be misspelt
_STEM = 6  # letters whose keys find what is nearly the word
_LONG = 8  # from so many letters on two slips are allowed
_PRIVATE = 0xF0000
_RUN = re.compile("[\U000f0000-\U000fffff]")
_DIGITS = "0123456789"
_PLACE = {sign: place for place, sign in enumerate(_DIGITS + "abcdefghijklmnopqrstuvwxyz")}


def in_latin(text: str | None) -> str:
    """A text in Latin letters, sign by sign, whatever script it was written in; Latin letters with marks stay."""
    if not text or text.isascii() or not any(ord(sign) > 0x24F for sign in text):
        return text or ""
    from anyascii import anyascii

    return str(anyascii(text))


def words_of(name: str, folded: Callable[[str], str]) -> str:
    """The words by which a name is found: its own, those in Latin letters, and what a hyphen parts written as one."""
    whole = folded(name)
    if whole.isascii() and "-" not in name:
        return whole
    joined = [folded(part).replace(" ", "") for part in name.split() if "-" in part]
    return " ".join(dict.fromkeys([*whole.split(), *folded(in_latin(name)).split(), *joined]))


def squeezed(text: str | None) -> str:
    """A telephone number, postcode or reference as it is searched: letters and digits alone, a British +44 as 0."""
    plain = "".join(sign for sign in (text or "").lower() if sign in _PLACE)
    return f"0{plain[2:].lstrip('0')}" if (text or "").lstrip().startswith("+44") else plain


def tokens_of(words: Iterable[str], signs: Iterable[str]) -> str:
    """What the index holds of one record: each word and each run of three once, parted by spaces."""
    return " ".join(dict.fromkeys([*words, *(token for sign in signs for token in runs_of(sign))]))


def runs_of(sign: str) -> tuple[str, ...]:
    """Every run of three of a sign, as a private letter each; of a sign with other letters than a to z none."""
    try:
        places = [_PLACE[each] for each in sign]
    except KeyError:
        return ()
    return tuple([chr(_PRIVATE + a * 1296 + b * 36 + c) for a, b, c in zip(places, places[1:], places[2:], strict=False)])


def before_runs(tokens: str) -> list[str]:
    """The words at the beginning of what the index holds of one record."""
    return _RUN.split(tokens, maxsplit=1)[0].split()


def is_word(token: str) -> bool:
    """Whether a word is one that somebody may misspell: letters only, and enough of them."""
    return len(token) >= LEAST_NEAR and not _has_digit(token)


def near_keys(word: str) -> set[str]:
    """Keys of which a word and its misspellings share one: its first letters, and those without each one of them."""
    begin = stem(word)
    return {begin, *(begin[:place] + begin[place + 1 :] for place in range(len(begin)))}


def stem(word: str) -> str:
    """The first letters of a word, by which it is nearly found; one of its keys."""
    return word[:_STEM]


def slips(typed: str, word: str) -> int | None:
    """How many letters are wrong, missing, too many or changed about in a typed word or in the beginning of one; None: too many."""
    most = 1 if len(typed) < _LONG else 2
    least = OSA.distance(typed, word, score_cutoff=most)
    if len(typed) >= _STEM:
        ends = range(len(typed) - 1, min(len(typed) + 1, len(word) - 1) + 1)
        least = min([least, *(OSA.distance(typed, word[:end], score_cutoff=most) for end in ends)])
    return least if least <= most else None


@dataclass(frozen=True)
class _Word:
    """A word that was typed: the beginning of one of the record's. near: whole words that it may be a misspelling of."""

    text: str
    near: frozenset[str] = frozenset()

    def expression(self) -> str:
        """As the index is asked."""
        return " OR ".join([f"{_quoted(self.text)}*", *map(_quoted, sorted(self.near))])

    def fits(self, words: Sequence[str], signs: str) -> bool:
        """Whether a record has it."""
        return any(word.startswith(self.text) or word in self.near for word in words)


@dataclass(frozen=True)
class _Piece:
    """Digits and letters typed side by side: a piece of a telephone number, postcode or reference, or else words as they stand."""

    parts: tuple[str, ...]
    pieces: tuple[str, ...]

    def expression(self) -> str:
        """As the index is asked."""
        ways = [" AND ".join(map(_quoted, runs_of(piece))) for piece in self.pieces]
        ways.append(" AND ".join(f"{_quoted(part)}*" for part in self.parts))
        return " OR ".join(f"({way})" for way in ways)

    def fits(self, words: Sequence[str], signs: str) -> bool:
        """Whether a record has it."""
        if any(piece in signs for piece in self.pieces):
            return True
        return all(any(word.startswith(part) for word in words) for part in self.parts)


@dataclass(frozen=True)
class Query:
    """What was typed. has_pieces: the index alone cannot tell, since runs of three may stand apart; ask `fits` of what it finds."""

    items: tuple[_Word | _Piece, ...]
    whole: tuple[str, ...] = ()

    @property
    def has_pieces(self) -> bool:
        """Whether what is found has to be looked at."""
        return bool(self.whole) or any(isinstance(item, _Piece) and item.pieces for item in self.items)

    def expression(self) -> str:
        """As the index is asked (FTS5); every token in quotation marks."""
        ways = [" AND ".join(f"({item.expression()})" for item in self.items)]
        ways += [" AND ".join(map(_quoted, runs_of(piece))) for piece in self.whole]
        return " OR ".join(f"({way})" for way in ways)

    def fits(self, words: Sequence[str], signs: str) -> bool:
        """Whether a record with these words and signs (squeezed, parted by spaces) has what was typed."""
        return all(item.fits(words, signs) for item in self.items) or any(piece in signs for piece in self.whole)

    def misspelt(self, near: Callable[[str], Collection[str]]) -> Query | None:
        """The same with words that may have been meant, as `near` knows them; None where it knows none."""
        items = tuple(
            _Word(item.text, frozenset(near(item.text)) - {item.text}) if isinstance(item, _Word) and is_word(item.text) else item
            for item in self.items
        )
        return Query(items, self.whole) if items != self.items else None


def query(folded: str) -> Query | None:
    """What a folded text asks for; None when nothing was typed.

    Neighbouring words with a digit in them are one piece: `4 7ag`, `07700 900 123`. So is the whole, where it may be a reference: `cw 7k3`.
    """
    typed = folded.split()
    items: list[_Word | _Piece] = []
    run: list[str] = []
    for word in [*typed, ""]:
        if _has_digit(word):
            run.append(word)
            continue
        if run:
            items.append(_Piece(tuple(run), _pieces("".join(run))))
            run = []
        if word:
            items.append(_Word(word))
    if not items:
        return None
    may_be_a_sign = len(typed) > 1 and (_has_digit(folded) or len(typed[0]) <= 2)
    return Query(tuple(items), _pieces("".join(typed)) if may_be_a_sign and len(items) > 1 else ())


def _pieces(text: str) -> tuple[str, ...]:
    """The text as a piece of a sign, also with a national 0 where it begins with our country's code; none where it cannot be one."""
    ways = [text]
    for code in ("44", "0044"):
        if text.startswith(code):
            ways.append("0" + text[len(code) :].lstrip("0"))
    return tuple(way for way in dict.fromkeys(ways) if len(way) >= LEAST_PIECE and runs_of(way))


def _has_digit(text: str) -> bool:
    return not text.isalpha() and any(sign in _DIGITS for sign in text)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
