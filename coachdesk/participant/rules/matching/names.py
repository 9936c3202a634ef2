"""What two spellings of one name share: plain letters, short forms, and a skeleton of how it sounds."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from coachdesk.participant.rules.matching.spellings import ONE_NAME, ONE_SURNAME
from coachdesk.partner.rules import folded

# Names that many people bear say less when they are the same.
_MANY = """
    smith jones taylor brown williams wilson johnson davies patel wright walker white edwards green hall wood thomas roberts khan hussain
    ahmed begum ali singh kaur shah miah akhtar bibi mohammed mahmood iqbal rahman chowdhury hassan islam uddin nowak
"""
COMMON = frozenset(_MANY.split())
# Written before or after a name, never the name itself.
_TITLE_WORDS = "mr mrs ms miss mx dr rev sir jr sr jnr snr esq prof mister late nee"
_TITLES = frozenset(_TITLE_WORDS.split())
# Written before a surname, and as often left out.
_PARTICLE_WORDS = "al el ul de da di du dos del della der den van von la le bin ibn bint st ter ten zu ab ap"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʻ′＇")
# A machine that reads paper takes a letter for a digit; between letters it is the letter.
_MISREAD = str.maketrans("01358|!", "oiesbll")
_MISREAD_SIGN = re.compile(r"(?<=[^\W\d_])[01358|!]+(?![\d])|(?<![\d])[01358|!]+(?=[^\W\d_])")


@cache
def _table(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in re.split(r"[|\n]", text):
        each = group.split()
        for word in each:
            found.setdefault(word, set()).add(each[0])
    return {word: frozenset(first) for word, first in found.items()}


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in plain small letters, without titles. Other scripts become Latin before (queries.likeness)."""
    text = _MISREAD_SIGN.sub(lambda found: found[0].translate(_MISREAD), text.translate(_APOSTROPHES))
    found = tuple(folded(text).split())
    return tuple(word for word in found if word not in _TITLES) or found


def without_particles(name: tuple[str, ...]) -> tuple[str, ...]:
    """A surname without al-, de, van and their like; itself when nothing else is there."""
    return tuple(word for word in name if word not in _PARTICLES) or name


def meanings(word: str) -> frozenset[str]:
    """The given names that a word may stand for, each told by one of its forms; empty where the table does not know it."""
    return _table(ONE_NAME).get(word, frozenset())


@lru_cache(maxsize=4096)
def same_names(word: str) -> frozenset[str]:
    """Every other name, short form or spelling that the tables set beside a word: Bill and William, Kowalski and Kowalska."""
    found: set[str] = set()
    for table in (_table(ONE_NAME), _table(ONE_SURNAME)):
        mine = table.get(word, frozenset())
        found |= {other for other, firsts in table.items() if firsts & mine}
    return frozenset(found - {word})


def is_one_name(one: str, other: str) -> bool:
    """Whether two different given names may be one: Bob and Robert, Yusuf and Youssef."""
    return bool(meanings(one) & meanings(other))


def is_one_surname(one: str, other: str) -> bool:
    """Whether two surnames are spellings of one, or its forms for a woman and a man: Kowalski and Kowalska."""
    known = _table(ONE_SURNAME)
    return bool(known.get(one, frozenset()) & known.get(other, frozenset())) or _plain(one) == _plain(other)


@lru_cache(maxsize=65536)
def _plain(surname: str) -> str:
    """Mac as Mc, and the ending for a man."""
    surname = re.sub(r"^mac(?=[^aeiouyhk].{3})", "mc", surname)
    return re.sub(r"(?<=.{3})(sk|ck|dzk)[iya]{1,2}$", r"\1i", re.sub(r"(?<=.{3})(ov|ev|in)a$", r"\1", surname))


_SOUNDS = (
    ("tsch", "s"),
    ("sch", "s"),
    ("szcz", "s"),
    ("cz", "s"),
    ("sz", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("ck", "k"),
    ("ph", "f"),
    ("gh", "g"),
    ("kh", "k"),
    ("dh", "d"),
    ("th", "t"),
    ("bh", "b"),
    ("wr", "r"),
    ("kn", "n"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("j", "y"),
)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The first sound and the consonants, each once: what stays when a name is heard and written down. Mohammed and Muhamad are mhmd."""
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    first, rest = word[:1], re.sub(r"[aeiouy]", "", word[1:])
    if first in "aeiouy":
        first = "a"
    return re.sub(r"(.)\1+", r"\1", first + rest)
