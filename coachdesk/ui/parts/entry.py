"""Reading what people type: days, money, whole numbers. Plain Python; a wrong entry is a ValueError whose text is the sentence to show."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
DAY_HINT = "Type it as day, month, year: 5 6 2020."


def read_day(text: str, today: date | None = None, past_only: bool = False) -> date | None:
    """The day written in `text`, None when it is empty.

    Takes 5/6/2020, 5 6 20, 5.6.20, 05062020, 5 June 2020, 2020-06-05; with `today` also 5/6, today, yesterday, tomorrow, +14, -3.
    A two-digit year is the nearest one: never in the future when `past_only` (birth dates).
    """
    words = text.strip().lower()
    if not words:
        return None
    day = _beside_today(words, today) if today else None
    if day is None:
        day = _written_day(words, text.strip(), today, past_only)
    if past_only and today and day > today:
        raise ValueError(f"{text.strip()} has not come yet. Check the year.")
    return day


def _beside_today(words: str, today: date | None) -> date | None:
    if today is None:
        return None
    named = {"today": 0, "t": 0, "yesterday": -1, "y": -1, "tomorrow": 1}
    if words in named:
        return today + timedelta(days=named[words])
    if re.fullmatch(r"[+-]\d{1,3}", words):
        return today + timedelta(days=int(words))
    return None


def _written_day(words: str, typed: str, today: date | None, past_only: bool) -> date:
    if re.fullmatch(r"\d{8}", words):
        words = f"{words[:2]} {words[2:4]} {words[4:]}"
    pieces = [piece for piece in re.split(r"[\s/.,\-]+", words) if piece]
    if pieces and re.fullmatch(r"\d{4}", pieces[0]) and len(pieces) == 3:
        pieces.reverse()
    if len(pieces) == 2 and today:
        pieces.append(str(today.year))
    if len(pieces) != 3:
        raise ValueError(f"“{typed}” is not a day. {DAY_HINT}")
    number = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", pieces[0])
    month = _month(pieces[1])
    if number is None or not re.fullmatch(r"\d{2}|\d{4}", pieces[2]):
        raise ValueError(f"“{typed}” is not a day. {DAY_HINT}")
    if month is None:
        raise ValueError(f"“{pieces[1]}” is not a month. {DAY_HINT}")
    year = _year(pieces[2], today, past_only)
    try:
        return date(year, month, int(number[1]))
    except ValueError:
        raise ValueError(f"There is no day {number[1]} in {_MONTHS[month - 1].title()} {year}. Check the day and the month.") from None


def _month(piece: str) -> int | None:
    if piece.isdecimal() and piece.isascii():
        return int(piece) if 1 <= int(piece) <= 12 else None
    found = [at for at, name in enumerate(_MONTHS, 1) if len(piece) >= 3 and name.startswith(piece)]
    return found[0] if len(found) == 1 else None


def _year(piece: str, today: date | None, past_only: bool) -> int:
    if len(piece) == 4:
        return int(piece)
    latest = (today.year + (0 if past_only else 20)) if today else 2049
    year = latest - latest % 100 + int(piece)
    return year if year <= latest else year - 100


def read_pence(text: str, allow_negative: bool = False) -> int | None:
    """Pounds as typed (12, 12.5, £1,234.50) in pence; None when empty."""
    typed = text.strip()
    if not typed:
        return None
    found = re.fullmatch(r"([-−]?)\s*£?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?", typed, re.ASCII)
    if found is None:
        raise ValueError(f"“{typed}” is not an amount. Type pounds and pence: 12.50.")
    pence = int(found[2].replace(",", "")) * 100 + int((found[3] or "0").ljust(2, "0"))
    if found[1] and not allow_negative:
        raise ValueError("The amount cannot be less than nothing. Type it without the minus.")
    return -pence if found[1] else pence


def pence_text(pence: int) -> str:
    """`£1,234.50`, as money is shown to people."""
    return f"{'−' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def short_day(day: date) -> str:
    """`5 Jun 2020`, as days stand in lists; everywhere else they are written out (clock.day_text)."""
    return f"{day.day} {_MONTHS[day.month - 1][:3].title()} {day.year}"


def read_whole(text: str, least: int = 0, most: int = 999_999) -> int | None:
    """A whole number between two bounds; None when empty."""
    typed = text.strip().replace(",", "")
    if not typed:
        return None
    if not re.fullmatch(r"-?\d{1,12}", typed, re.ASCII):
        raise ValueError(f"“{text.strip()}” is not a whole number. Type figures only.")
    number = int(typed)
    if not least <= number <= most:
        raise ValueError(f"{number:,} is outside {least:,} to {most:,}. Check the number.")
    return number
