"""Labelled lists of made-up people, of kinds that the rules were not fitted to: a service's, strangers', people of many tongues.

Each answers (records, pairs of ids that are one person). Names are put together from parts, so that there are as many as a list needs and
most are rare; postcodes grow with the list, about fifteen homes to one. Errors are made by rules of their own, not by the program's tables.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from coachdesk.participant.rules.matching import Person

Labelled = tuple[dict[str, Person], set[frozenset[str]]]
_BEGIN_TEXT = """
Ash Black Brad Bram Brook Burn Chad Clay Cros Dal Darn Eas Elm Fair Fen Gar Glad Green Hal Har Hather Hol Kirk Lang Lin Mar Mel Mill
New Nor Oak Pen Rad Rams Red Rock Sand Shel Shep Stan Stock Thorn Thur Wal Wat West Whit Wick Win Wood Wor Yard
"""
_BEGIN = _BEGIN_TEXT.split()
_END_TEXT = """
bourne bridge bury by combe cott den field ford gate ham house hurst land ley low man mere more ness over ridge shaw stead ton well
wick wood worth
"""
_END = _END_TEXT.split()
_GIVEN_TEXT = """
Oliver Amelia George Isla Noah Ava Arthur Ivy Leo Freya Oscar Lily Harry Florence Archie Mia Jack Willow Henry Rosie Charlie Sophia
Freddie Isabella Theodore Grace Alfie Daisy Theo Sienna Thomas Poppy William Elsie Lucas Emily Jacob Ella Isaac Evelyn Edward Phoebe
Reuben Evie Max Charlotte Joshua Harper Ethan Millie Daniel Matilda Samuel Maisie Reggie Alice Louie Sarah Albie Emma Hugo Holly Luca
Robyn Finley Heather Stephen Gillian Ronald Deborah Kenneth Beryl Clive Maureen Trevor Sandra Keith Yvonne Barry Lorraine Nigel Denise
Graham Carole Roger Hilary Imran Shabana Tariq Nasreen Bilal Rukhsana Gurdeep Simran Vikram Anjali Kwame Abena Tunde Folake Piotr
Agata Marek Dorota Ion Elena
"""
_GIVEN = _GIVEN_TEXT.split()
_HEARD = (("ph", "f"), ("ck", "k"), ("ie", "y"), ("ee", "ea"), ("ou", "ow"), ("c", "k"), ("s", "z"), ("ll", "l"), ("tt", "t"), ("ey", "ie"))
_READ = (("m", "rn"), ("l", "1"), ("o", "0"), ("e", "c"), ("d", "cl"), ("g", "q"), ("h", "b"), ("s", "5"))
_SHORT = {
    "William": "Bill",
    "Edward": "Ted",
    "Deborah": "Debs",
    "Samuel": "Sammy",
    "Kenneth": "Ken",
    "Matilda": "Tilly",
    "Stephen": "Steve",
    "Isabella": "Izzy",
    "Daniel": "Dan",
    "Thomas": "Tommy",
    "Charlotte": "Lottie",
    "Theodore": "Theo",
    "Jacob": "Jake",
    "Ronald": "Ron",
    "Gillian": "Jill",
}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%d %b %Y", "%d-%b-%y")
_NOTHING = ("", "", "unknown", "N/A", "-", "not known")


def slip(word: str, dice: random.Random) -> str:
    """A slip of a finger: a letter left out, put in, changed, or two changed about."""
    if len(word) < 3:
        return word
    place, letter = dice.randrange(len(word) - 1), dice.choice("abcdefghijklmnoprstuvwy")
    return dice.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _changed(word: str, ways: tuple[tuple[str, str], ...], dice: random.Random) -> str:
    open_ways = [(old, new) for old, new in ways if old in word[1:]]
    if not open_ways:
        return slip(word, dice)
    old, new = dice.choice(open_ways)
    return word[0] + word[1:].replace(old, new, 1)


class _Town:
    """Where people come from: as many names, homes and numbers as the list is long."""

    def __init__(self, dice: random.Random, people: int) -> None:
        self.dice = dice
        self.surnames = [begin + end for begin in _BEGIN for end in _END]
        dice.shuffle(self.surnames)
        self._surname_weights = [1 / (place + 8) for place in range(len(self.surnames))]
        self._given_weights = [1 / (place + 10) for place in range(len(_GIVEN))]
        self.postcodes = [self._postcode() for _ in range(max(10, people // 30))]

    def _postcode(self) -> str:
        end = "".join(self.dice.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
        return f"{self.dice.choice(('B', 'CV', 'WV', 'DY', 'WS'))}{self.dice.randrange(1, 99)} {self.dice.randrange(1, 10)}{end}"

    def phone(self) -> str:
        return f"07{self.dice.randrange(10**9):09d}"

    def number(self) -> str:
        pick = self.dice.choice
        return f"{pick('ABCEGHJKLMPRSTW')}{pick('ABCEGHJKLMPRSTW')}{self.dice.randrange(10**6):06d}{pick('ABCD')}"

    def given(self) -> str:
        return self.dice.choices(_GIVEN, self._given_weights)[0]

    def surname(self) -> str:
        return self.dice.choices(self.surnames, self._surname_weights)[0]

    def born(self) -> date:
        return date(1950, 1, 1) + timedelta(days=self.dice.randrange(20_000))

    def somebody(self) -> Person:
        dice = self.dice
        return Person(
            self.given(),
            self.surname(),
            self.born().isoformat(),
            dice.choice(self.postcodes),
            self.phone() if dice.random() < 0.7 else "",
            self.number() if dice.random() < 0.4 else "",
        )

    def kin(self, who: Person) -> Person:
        """Somebody of the same home and surname: a twin, a parent of the same name, a sister, a husband."""
        dice, born = self.dice, date.fromisoformat(who.date_of_birth)
        other = dice.choice([name for name in _GIVEN if name != who.given_name])
        number = self.number() if who.ni_number else ""
        kind = dice.random()
        if kind < 0.15:
            return replace(who, given_name=other, ni_number=number)
        if kind < 0.27:
            return replace(who, date_of_birth=(born - timedelta(days=dice.randrange(7_000, 13_000))).isoformat(), ni_number=number)
        return replace(who, given_name=other, date_of_birth=self.born().isoformat(), ni_number=number)


def _named(field: str, change: Callable[[str, random.Random], str]) -> Callable[[Person, _Town], Person]:
    def way(who: Person, town: _Town) -> Person:
        return replace(who, **{field: change(getattr(who, field), town.dice)})

    return way


def _another_day(who: Person, town: _Town) -> Person:
    born, dice = date.fromisoformat(who.date_of_birth), town.dice
    if born.day <= 12 and dice.random() < 0.5:
        return replace(who, date_of_birth=born.replace(month=born.day, day=born.month).isoformat())
    day = min(born.day, 28)
    return replace(who, date_of_birth=born.replace(year=born.year + dice.choice((-1, 1, 10, -10)), day=day).isoformat())


def _left_out(who: Person, town: _Town) -> Person:
    return replace(who, **{town.dice.choice(("date_of_birth", "postcode", "phone", "ni_number")): ""})


def _moved(who: Person, town: _Town) -> Person:
    return replace(who, postcode=town.dice.choice(town.postcodes))


def _other_number(who: Person, town: _Town) -> Person:
    return replace(who, phone=town.phone(), ni_number=who.ni_number[:8] + "D" if who.ni_number else "")


def _turned(who: Person, town: _Town) -> Person:
    return replace(who, given_name=who.surname, surname=who.given_name)


def _second_name(who: Person, town: _Town) -> Person:
    added = town.given()
    return replace(who, given_name=f"{who.given_name} {town.dice.choice((added, added[0]))}")


def _double(who: Person, town: _Town) -> Person:
    return replace(who, surname=f"{who.surname}-{town.surname()}")


def _married(who: Person, town: _Town) -> Person:
    return replace(who, surname=town.surname()) if who.date_of_birth and who.postcode else who


_WAYS = (
    _named("given_name", slip),
    _named("given_name", lambda word, _dice: _SHORT.get(word, word)),
    _named("given_name", lambda word, dice: _changed(word, _HEARD, dice)),
    _named("given_name", lambda word, dice: _changed(word, _READ, dice)),
    _named("given_name", lambda word, dice: f"{dice.choice(('Mr', 'Mrs', 'Ms'))} {word}"),
    _named("surname", slip),
    _named("surname", lambda word, dice: _changed(word, _HEARD, dice)),
    _named("surname", lambda word, dice: _changed(word, _READ, dice)),
    _named("surname", lambda word, _dice: word.upper()),
    _named("postcode", slip),
    _named("postcode", lambda word, _dice: word.replace(" ", "").lower()),
    _named("phone", slip),
    _named("phone", lambda word, _dice: f"+44 {word[1:5]} {word[5:]}" if word else ""),
    _another_day,
    _left_out,
    _moved,
    _other_number,
    _turned,
    _second_name,
    _double,
    _married,
)


def _again(who: Person, town: _Town) -> Person:
    for way in town.dice.sample(_WAYS, town.dice.choice((1, 1, 1, 2, 2))):
        if way is not _another_day or who.date_of_birth:
            who = way(who, town)
    return who


def service(seed: int, people: int = 1_500, *, numbers: bool = True, days: tuple[str, ...] = _DAYS) -> Labelled:
    """A service's list: families, twins, parents of one name; one in four comes twice, one in thirty three times. numbers: phone and NI."""
    dice = random.Random(seed)
    town = _Town(dice, people)
    groups: list[list[Person]] = []
    for _ in range(people):
        who = town.somebody() if numbers else replace(town.somebody(), phone="", ni_number="")
        homes = [who] + [town.kin(who) for _ in range(dice.choices((0, 1, 2), (80, 14, 6))[0])]
        groups += [[one, *(_again(one, town) for _ in range(dice.choices((0, 1, 2), (75, 22, 3))[0]))] for one in homes]
    return _listed([[_written(one, dice, days) for one in group] for group in groups], dice)


def _written(who: Person, dice: random.Random, days: tuple[str, ...]) -> Person:
    born = who.date_of_birth
    said = date.fromisoformat(born).strftime(dice.choice(days)) if born else dice.choice(_NOTHING)
    return replace(who, date_of_birth=said, postcode=who.postcode or dice.choice(_NOTHING))


def strangers(seed: int, people: int = 1_500) -> Labelled:
    """People who have nothing to do with one another, four-digit postcodes, one in three twice; whole values are wrong now and then."""
    dice = random.Random(seed)
    town = _Town(dice, people)
    town.postcodes = [f"{dice.randrange(200, 9999):04d}" for _ in range(max(10, people // 3))]
    groups = []
    for _ in range(people):
        who = replace(town.somebody(), phone="", ni_number="")
        group = [replace(who, date_of_birth=who.date_of_birth.replace("-", ""))]
        while dice.random() < 0.3:
            group.append(_garbled(group[0], town))
        groups.append(group)
    return _listed(groups, dice)


def _garbled(who: Person, town: _Town) -> Person:
    dice, other = town.dice, town.somebody()
    for field in dice.sample(("given_name", "surname", "date_of_birth", "postcode"), dice.choice((1, 1, 2))):
        lot, word = dice.random(), getattr(who, field)
        if lot < 0.6 and field not in ("date_of_birth", "postcode"):
            word = slip(word, dice)
        elif lot < 0.6:
            place = dice.randrange(len(word) - 1)
            word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        elif lot < 0.8:
            word = ""
        else:
            word = getattr(other, field).replace("-", "") if field != "postcode" else dice.choice(town.postcodes)
        who = replace(who, **{field: word})
    return who


_SPELT_TEXT = """
Mohammed Muhammad Mohamed Mohamad | Yusuf Youssef Yousuf Yusef | Hussein Hussain Hossain | Aisha Ayesha Aysha | Fatima Fatimah Fatma |
Zainab Zaynab Zeinab | Omar Umar Omer | Ibrahim Ebrahim Ibraheem | Khadija Khadijah Kadija | Oleksandr Aleksandr Alexander | Olena
Elena | Dmytro Dmitri Dmitry | Kateryna Katerina Ekaterina | Yuliia Yulia Julia | Serhii Sergei Serhiy | Agnieszka Agnieshka |
Krzysztof Kshishtof | Małgorzata Malgorzata | Łukasz Lukasz Lukas | Siân Sian | Zoë Zoe | José Jose | François Francois | Jürgen
Juergen Jurgen | Андрій Andrii Andriy | Наталія Nataliia Natalia | Xiaoming Xiao-Ming | Nguyễn Nguyen | Björn Bjorn Bjoern | Şeyma
Seyma | Nasrin Nasreen | Rashid Rasheed
"""
_SPELT = _SPELT_TEXT.split("|")
_FAMILY_TEXT = """
Al-Masri Almasri El-Masry | Hassan Hasan | Abdullah Abdulla Abdallah | Choudhury Chowdhury Chaudhry | Sheikh Shaikh | Wiśniewski
Wisniewska | Kowalska Kowalski | Wójcik Wojcik | Szymański Szymanska | Shevchenko Schevchenko | Бондаренко Bondarenko | Kovalenko
Covalenko | Petrova Petrov | O'Connor OConnor O’Connor | McDonald MacDonald | Mc Carthy McCarthy | Müller Mueller Muller | van der
Berg Vanderberg | García Garcia | Núñez Nunez | Öztürk Ozturk | Đorđević Dordevic | Nwosu Nwossu | Adébáyò Adebayo | Li Lee | Zhang
Chang | Siddiqui Siddique | Rahman Rehman | Ní Bhriain NiBhriain
"""
_FAMILY = _FAMILY_TEXT.split("|")


def tongues(seed: int, people: int = 600) -> Labelled:
    """People of many tongues, half of them written down a second time in another spelling, now and then with the names changed about."""
    dice = random.Random(seed)
    town = _Town(dice, people)
    givens, families = [part.split() for part in _SPELT], [[word.strip() for word in _parted(part)] for part in _FAMILY]
    groups = []
    for _ in range(people):
        given, family = dice.choice(givens), dice.choice(families)
        who = replace(town.somebody(), given_name=given[0], surname=family[0], ni_number="")
        group = [who]
        if dice.random() < 0.5:
            again = replace(who, given_name=dice.choice(given), surname=dice.choice(family))
            group.append(replace(again, given_name=again.surname, surname=again.given_name) if dice.random() < 0.15 else again)
            if dice.random() < 0.5:
                group[-1] = replace(group[-1], phone="", postcode=dice.choice(("", who.postcode)))
        groups.append(group)
    return _listed(groups, dice)


def _parted(part: str) -> list[str]:
    return [part.strip()] if part.strip().startswith("van") else _spaced(part.split())


def _spaced(words: list[str]) -> list[str]:
    """Mc Carthy and Ní Bhriain are one name in two words."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in ("Mc", "Ní"):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _listed(groups: list[list[Person]], dice: random.Random) -> Labelled:
    rows = [(f"{number}-{turn}", who) for number, group in enumerate(groups) for turn, who in enumerate(group)]
    dice.shuffle(rows)
    same = {
        frozenset((f"{number}-{one}", f"{number}-{other}"))
        for number, group in enumerate(groups)
        for other in range(len(group))
        for one in range(other)
    }
    return dict(rows), same
