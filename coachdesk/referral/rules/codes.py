"""The short code on a referral sheet and the answers beside it: what a partner reads out and a coach types in ten seconds."""

from __future__ import annotations

from collections.abc import Iterable

from coachdesk.errors import Refusal
from coachdesk.referral.rules.life import (
    ACCEPTED,
    CLIENT,
    COMPLETED,
    DECLINED,
    HANDED_BACK,
    NOT_ELIGIBLE,
    PARKED,
    PROVIDER,
    READY,
    SEEN,
    listed,
)

# The code by which a partner answers: five signs by chance and one that follows from them (Crockford's base 32, no I, L, O, U).
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = {"O": "0", "I": "1", "L": "1"}
CODE_SIGNS = 5


def reply_code(numbers: Iterable[int]) -> str:
    """`R-7K3-Q9D` from five numbers of 0 to 31; the last sign checks the others."""
    body = [number % 32 for number in numbers][:CODE_SIGNS]
    text = "".join(SIGNS[number] for number in (*body, _check(body)))
    return f"R-{text[:3]}-{text[3:]}"


def code_of(text: str) -> str:
    """A typed code as it is kept, in any case, with or without its R and dashes. Refusal when a sign is wrong, missing or swapped."""
    signs = "".join(_READ_AS.get(sign, sign) for sign in text.upper() if sign.isalnum())
    if len(signs) == CODE_SIGNS + 2 and signs.startswith("R"):
        signs = signs[1:]
    step = "Compare it with the sheet, sign by sign. Nothing was changed."
    shown = " ".join(text.split())[:20]
    if len(signs) != CODE_SIGNS + 1 or any(sign not in SIGNS for sign in signs):
        raise Refusal(f"“{shown}” is not a reply code: it has six signs, such as R-7K3-Q9D.", step)
    numbers = [SIGNS.index(sign) for sign in signs]
    if _check(numbers[:-1]) != numbers[-1]:
        raise Refusal(f"“{shown}” is not right: a sign is wrong or two are swapped.", step)
    return f"R-{signs[:3]}-{signs[3:]}"


def _check(numbers: list[int]) -> int:
    """Weighted sum over the field of 32 elements (x⁵ + x² + 1): every single wrong sign and every swap of two changes it."""
    total = 0
    for place, number in enumerate(numbers):
        for _ in range(place + 1):
            number = (number << 1) ^ (0b100101 if number & 16 else 0)
        total ^= number
    return total


# What a partner may answer, by the words and letters on the sheet: state after the move, who declined, whether it helped.
ANSWERS: dict[str, tuple[str, str | None, bool | None]] = {
    "seen": (SEEN, None, None),
    "accepted": (ACCEPTED, None, None),
    "declined by the person": (DECLINED, CLIENT, None),
    "no place": (DECLINED, PROVIDER, None),
    "not eligible": (DECLINED, NOT_ELIGIBLE, None),
    "parked": (PARKED, None, None),
    "helped": (COMPLETED, None, True),
    "not helped": (COMPLETED, None, False),
    "handed back": (HANDED_BACK, None, None),
    "ready to return": (READY, None, None),
}
LETTERS = dict(zip("SADNEPHOBR", ANSWERS, strict=True))


def answer_of(text: str) -> str:
    """An answer by its words or its letter on the sheet. Refusal that lists them."""
    word = " ".join(text.split()).casefold()
    found = word if word in ANSWERS else LETTERS.get(word.upper())
    if found is None:
        raise Refusal(f"“{text.strip()[:40]}” is not one of the answers on the sheet.",
                      f"Choose {listed(tuple(ANSWERS))}. Nothing was changed.")
    return found
