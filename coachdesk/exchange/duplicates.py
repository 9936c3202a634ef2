"""Likely duplicates in somebody's csv file, without any store (HOUSE, `duplicates --csv`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coachdesk.errors import Refusal
from coachdesk.exchange.csv_in.reading import Line, read_file
from coachdesk.participant.queries import in_latin
from coachdesk.participant.rules.matching import Person, pairs

# What a column may be called, letters only; of several the first that says something in a line counts.
_COLUMNS = {
    "given_name": "givenname givennames firstname firstnames forename forenames christianname fname fnamec first given",
    "middle_name": "middlename middlenames secondname othernames middle mname middleinitial",
    "surname": "surname lastname familyname lname lnamec last family",
    "name": "name fullname clientname personname participantname participant client",
    "date_of_birth": "dateofbirth dob birthdate birthday bornon born datebirth",
    "year": "birthyear yearofbirth by yob",
    "month": "birthmonth monthofbirth bm mob",
    "day": "dayofbirth bd",
    "postcode": "postcode postalcode zip zipcode homepostcode",
    "phone": "phone telephone phonenumber telephonenumber mobile mobilenumber mobilephone tel telno telephoneno mobileno contactnumber",
    "ni_number": "ninumber nino ni nationalinsurancenumber nationalinsuranceno nationalinsurance ninum",
}
_TWO_FIRST = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{2,4})\b(.*)$")


def in_csv(file: Path) -> list[dict[str, Any]]:
    """Likely pairs [{a, b, score, reasons}], the likeliest first; a and b are what stands in the first column.

    Values are compared as text where they are no valid date, postcode or number; missing columns are fine. Refusal when none of the columns
    that are compared is there; Trouble when the file cannot be read.
    """
    table = read_file(file)
    where = _places(table.header)
    if not any(where[field] for field in where if field not in ("postcode", "middle_name", "year", "month", "day")):
        raise Refusal(
            f"{file.name} has none of the columns that are compared.",
            "Call them given_name, surname, date_of_birth, postcode, phone, ni_number; the first column is an id.",
        )
    values = [_values(line, where) for line in table.lines]
    if _is_month_first(value["date_of_birth"] for value in values):
        for value in values:
            value["date_of_birth"] = _TWO_FIRST.sub(r"\3\2\1\2\4\5", value["date_of_birth"])
    people = {(line.cells[0], line.number): _person(value) for line, value in zip(table.lines, values, strict=True)}
    found = [{"a": one[0], "b": other[0], "score": match.score, "reasons": list(match.reasons)} for one, other, match in pairs(people)]
    return sorted(found, key=lambda pair: -pair["score"])


def _places(header: Iterable[str]) -> dict[str, list[list[int]]]:
    """Which columns hold what, those of one name together. Letters alone count, so that "D.O.B. (dd/mm/yyyy)" is dob."""
    plain = [re.sub(r"[^a-z]", "", re.sub(r"[(\[].{3,}?[)\]]", "", name.casefold())) for name in header]
    columns = {
        field: [[place for place, said in enumerate(plain) if said == name] for name in names.split()] for field, names in _COLUMNS.items()
    }
    return {field: [places for places in found if places] for field, found in columns.items()}


def _values(line: Line, where: Mapping[str, list[list[int]]]) -> dict[str, str]:
    """What a line says of each field: of several columns the first that says something; two of one name (fname_c1, fname_c2) together."""
    value = {}
    for field, columns in where.items():
        said = (" ".join(in_latin(line.cells[place]) for place in places).strip() for places in columns)
        value[field] = next((words for words in said if words), "")
    if not value["date_of_birth"] and value["year"]:
        parts = [value.pop(field) for field in ("year", "month", "day")]
        value["date_of_birth"] = "-".join(parts) if all(parts) else parts[0]
    return value


def _is_month_first(dates: Iterable[str]) -> bool:
    """Whether a file writes the month before the day, as Americans do: told by those days that can be no month."""
    found = [(int(first), int(second)) for date in dates if (parts := _TWO_FIRST.match(date)) for first, second in [parts.group(1, 3)]]
    return sum(second > 12 >= first for first, second in found) > sum(first > 12 >= second for first, second in found)


def _person(value: Mapping[str, str]) -> Person:
    other = {field: value[field] for field in ("date_of_birth", "postcode", "phone", "ni_number")}
    if value["given_name"] or value["surname"]:
        return Person(f"{value['given_name']} {value['middle_name']}".strip(), value["surname"], **other)
    return Person.named(value["name"], **other)
