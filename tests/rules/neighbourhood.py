"""A made-up neighbourhood with labels: people written down twice, as people at a desk do it, among families, twins and namesakes.

`made(seed, people)` answers the records and the pairs that are one person. Used to measure the finding of duplicates.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from coachdesk.participant.rules.matching import Person

_GIVEN_TEXT = """
Mohammed Ahmed Yusuf Bilal Imran Omar Hassan Aisha Fatima Zainab Khadija Maryam Gurpreet Harpreet Jaswinder Priya Anil John Robert
William James Thomas David Elizabeth Margaret Catherine Susan Patricia Sarah Emma Daniel Michael Joseph Christopher Anthony Agnieszka
Katarzyna Piotr Krzysztof Małgorzata Łukasz Tomasz Siân Gareth Bridget Kevin Chloe Jordan Kyle Blessing Emmanuel Chidi Nadia Olena
Dmytro Rahim Salma Tariq Shabana Devon Leroy Marcia Winston Beverley Trevor Natasha Jade Ryan Liam Megan Lauren
"""
_GIVEN = _GIVEN_TEXT.split()
_SURNAMES_TEXT = """
Khan Hussain Begum Ahmed Ali Akhtar Mahmood Singh Kaur Patel Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Walker
Kowalski Nowak Wiśniewski Wójcik Lewandowski O'Brien Murphy Kelly Byrne McDonald Okonkwo Adeyemi Mensah Campbell Grant Francis Morgan
Price Hughes Griffiths Shevchenko Bondarenko Chowdhury Rahman Uddin Miah Hartley Bullock Rudge Yardley Tranter Pugh Hemmings Fellows
Homer Dugmore Perks Garbett Instone Whitehouse
"""
_SURNAMES = _SURNAMES_TEXT.split()
_SHORT = {
    "Robert": "Bob",
    "William": "Bill",
    "Elizabeth": "Liz",
    "Margaret": "Peggy",
    "Catherine": "Kate",
    "Patricia": "Trish",
    "Christopher": "Chris",
    "Anthony": "Tony",
    "Michael": "Mick",
    "Daniel": "Danny",
    "Thomas": "Tom",
    "David": "Dave",
    "Agnieszka": "Aga",
    "Katarzyna": "Kasia",
    "Łukasz": "Lukasz",
    "Mohammed": "Muhammad",
    "Yusuf": "Youssef",
    "Aisha": "Ayesha",
    "Fatima": "Fatimah",
    "Hassan": "Hasan",
    "Susan": "Sue",
    "Joseph": "Joe",
}
_WARDS = ("B34 7", "B34 6", "B8 2", "B8 3", "B12 0")


def _postcode(dice: random.Random) -> str:
    return f"{dice.choice(_WARDS)}{dice.choice('ABDEFGHJLN')}{dice.choice('ABDEFGHJLN')}"


def _number(dice: random.Random) -> str:
    return f"{dice.choice('ABCEGHJKLMPRSTW')}{dice.choice('ABCEGHJKLMPRSTW')}{dice.randrange(10**6):06d}{dice.choice('ABCD')}"


def _slip(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, max(2, len(word) - 1))
    how = dice.randrange(4)
    if how == 0:
        return word[:place] + word[place + 1 :]
    if how == 1:
        return word[:place] + word[place : place + 1] + word[place:]
    if how == 2:
        return word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :]
    return word[:place] + dice.choice("aeinrst") + word[place + 1 :]


def _again(who: dict[str, str], dice: random.Random) -> dict[str, str]:
    """The same person, written down by somebody else on another day: one to three things differ."""
    made = dict(who)
    ways = dice.sample(("given", "surname", "born", "postcode", "phone", "missing", "moved", "order"), dice.choice((1, 1, 2, 2, 3)))
    for way in ways:
        if way == "given":
            made["given_name"] = _SHORT.get(who["given_name"], _slip(who["given_name"], dice))
        elif way == "surname":
            made["surname"] = _slip(who["surname"], dice)
        elif way == "born" and who["date_of_birth"]:
            born = date.fromisoformat(who["date_of_birth"])
            if born.day <= 12 and dice.random() < 0.6:
                made["date_of_birth"] = born.replace(month=born.day, day=born.month).isoformat()
            else:
                made["date_of_birth"] = (born.replace(year=born.year + dice.choice((-1, 1, 10)), day=min(born.day, 28))).isoformat()
        elif way == "postcode":
            made["postcode"] = who["postcode"][:-2] + who["postcode"][-1] + who["postcode"][-2]
        elif way == "phone":
            made["phone"] = f"07{dice.randrange(10**9):09d}"
        elif way == "missing":
            made[dice.choice(("phone", "ni_number", "postcode"))] = ""
        elif way == "moved":
            made["postcode"] = _postcode(dice)
        elif way == "order" and dice.random() < 0.5:
            made["given_name"], made["surname"] = who["surname"], who["given_name"]
    return made


def made(seed: int, people: int = 800) -> tuple[dict[str, Person], set[frozenset[str]]]:
    """people households' worth of records, one in four written down twice; and the pairs of ids that are one person."""
    dice = random.Random(seed)
    records: dict[str, dict[str, str]] = {}
    same: set[frozenset[str]] = set()
    for number in range(people):
        born = date(1955, 1, 1) + timedelta(days=dice.randrange(18_000))
        who = {
            "given_name": dice.choice(_GIVEN),
            "surname": dice.choice(_SURNAMES),
            "date_of_birth": born.isoformat(),
            "postcode": _postcode(dice),
            "phone": f"07{dice.randrange(10**9):09d}" if dice.random() < 0.85 else "",
            "ni_number": _number(dice) if dice.random() < 0.6 else "",
        }
        records[f"{number}"] = who
        lot = dice.random()
        if lot < 0.25:
            records[f"{number}-again"] = _again(who, dice)
            same.add(frozenset((f"{number}", f"{number}-again")))
        elif lot < 0.30:  # a brother or sister: another day of birth
            kin = born + timedelta(days=dice.randrange(400, 4000))
            records[f"{number}-kin"] = {**who, "given_name": _other(who, dice), "date_of_birth": kin.isoformat(), "ni_number": ""}
        elif lot < 0.33:  # a twin
            records[f"{number}-twin"] = {**who, "given_name": _other(who, dice), "ni_number": _number(dice) if who["ni_number"] else ""}
        elif lot < 0.36:  # a father and his son of one name
            son = born + timedelta(days=dice.randrange(7_500, 11_000))
            records[f"{number}-son"] = {**who, "date_of_birth": son.isoformat(), "ni_number": ""}
        elif lot < 0.40:  # a wife at the same address and telephone
            wed = born + timedelta(days=dice.randrange(-2000, 2000))
            records[f"{number}-wife"] = {**who, "given_name": _other(who, dice), "date_of_birth": wed.isoformat(), "ni_number": ""}
    order = list(records)
    dice.shuffle(order)
    return {one: Person(**records[one]) for one in order}, same


def _other(who: dict[str, str], dice: random.Random) -> str:
    return dice.choice([name for name in _GIVEN if name[:2] != who["given_name"][:2]])
