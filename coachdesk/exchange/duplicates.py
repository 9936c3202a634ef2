"""Likely duplicates in somebody's csv file, without any store (HOUSE, `duplicates --csv`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from coachdesk.errors import Refusal
from coachdesk.exchange.csv_in.reading import read_file
from coachdesk.participant.queries import in_latin
from coachdesk.participant.rules.matching import Person, pairs

_COLUMNS = {
    "given_name": ("given_name", "givenname", "first_name", "firstname", "forename", "forenames"),
    "surname": ("surname", "last_name", "lastname", "family_name", "familyname"),
    "name": ("name", "full_name", "fullname"),
    "date_of_birth": ("date_of_birth", "dateofbirth", "dob", "birth_date", "born_on", "born"),
    "postcode": ("postcode", "post_code", "postal_code"),
    "phone": ("phone", "telephone", "phone_number", "mobile", "tel"),
    "ni_number": ("ni_number", "ninumber", "nino", "ni", "national_insurance_number"),
}


def in_csv(file: Path) -> list[dict[str, Any]]:
    """Likely pairs [{a, b, score, reasons}], the likeliest first; a and b are what stands in the first column.

    Values are compared as text where they are no valid date, postcode or number; missing columns are fine. Refusal when none of the columns
    that are compared is there; Trouble when the file cannot be read.
    """
    table = read_file(file)
    squeezed = [re.sub(r"[\s_-]+", "_", name.strip().casefold()) for name in table.header]
    where = {field: next((squeezed.index(name) for name in names if name in squeezed), None) for field, names in _COLUMNS.items()}
    if not {field for field, place in where.items() if place is not None} - {"postcode"}:
        raise Refusal(
            f"{file.name} has none of the columns that are compared.",
            "Call them given_name, surname, date_of_birth, postcode, phone, ni_number; the first column is an id.",
        )
    people: dict[tuple[str, int], Person] = {}
    for line in table.lines:
        value = {field: in_latin(line.cells[place]) if place is not None else "" for field, place in where.items()}
        name = value.pop("name")
        person = (
            Person.named(name, **{field: value[field] for field in ("date_of_birth", "postcode", "phone", "ni_number")})
            if name and not (value["given_name"] or value["surname"])
            else Person(**value)
        )
        people[(line.cells[0], line.number)] = person
    found = [{"a": one[0], "b": other[0], "score": match.score, "reasons": list(match.reasons)} for one, other, match in pairs(people)]
    return sorted(found, key=lambda pair: -pair["score"])
