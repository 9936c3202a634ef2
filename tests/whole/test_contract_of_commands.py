"""Every line of the command line's contract (HOUSE, The command line) as a hostile first user meets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from coachdesk.cli import catalogue
from tests.whole.conftest import Said

Run = Callable[..., Said]

HOSTILE = {
    "nothing at all": "",
    "a zero byte": "a\x00b",
    "a bell": "a\x07b",
    "a screen command": "a\x1b[31mred",
    "a turn of direction": "Ann \u202evil",
    "half a letter": "a\udcffb",
    "only unseen letters": "\u200b\ufeff",
}
KEPT = {
    "a formula": '=HYPERLINK("http://x")',
    "quotes of SQL": "Robert'); DROP TABLE participant;--",
    "an emoji": "Ann 😀",
    "an accent": "Zoë Übel",
    "a per cent": "100%_x",
    "a brace": "{0} %s",
    "Arabic": "أمينة",
    "a name of 200": "x" * 200,
}
WHERE = {"participant": "lot=Shard End", "partner": "kind=library", "partner.venue": "lot=Shard End"}


@pytest.fixture
def tried(run: Run, desk: Any) -> Run:
    """A command on the fresh store that may fail; whatever happens, it leaves no traceback and no blame on the program."""

    def command(*words: object) -> Said:
        """One command."""
        said = run("--store", desk.store, "--today", "2020-05-12", "--json", *words)
        assert "Traceback" not in said.err
        assert "went wrong" not in said.err, said.err
        assert said.code == 0 or not said.out, "a refusal prints nothing on stdout"
        return said

    return command


def refused(said: Said, *words: str) -> None:
    """One clear sentence on stderr, nothing on stdout, exit code 1."""
    assert (said.code, said.out) == (1, ""), said
    assert said.err.count("\n") == 1
    for word in words:
        assert word in said.err


def test_what_describe_says_of_adding_stands_in_the_rows_of_list(desk: Any) -> None:
    said_once = {
        "participant": {
            "contact",
            "connection",
            "connection_note",
            "notice_version",
            "notice_how",
            "consent_partners",
            "is_known_duplicate",
        },
        "outreach.unmet": {"postcode"},          # finds the ward and is forgotten: nothing may keep it
    }
    for row in desk("describe"):
        names = catalogue._row_fields(catalogue.door(row["kind"]))
        assert names[0] == "id", row["kind"]
        missing = {each["name"] for each in row["fields"]} - set(names) - said_once.get(row["kind"], set())
        assert not missing, f"{row['kind']}: list has no {missing}"


def test_described_fields_have_a_type_a_sentence_and_a_kind_that_exists(desk: Any) -> None:
    kinds = {row["kind"] for row in desk("describe")}
    for row in desk("describe"):
        assert row["says"]
        for each in [*row["fields"], *(field for verb in row["verbs"] for field in verb["fields"])]:
            assert each["type"] in {"text", "number", "yes or no", "date", "words", "id"}, each
            assert each["says"], (row["kind"], each)
            assert each["refers_to"] in {None, *kinds}
            assert each["type"] != "number" or each["unit"], f"{row['kind']} {each['name']} has no unit"


def test_describe_takes_a_room_a_kind_and_the_plural(desk: Any) -> None:
    assert {row["room"] for row in desk("describe", "outreach")} == {"outreach"}
    assert [row["kind"] for row in desk("describe", "partner.venue")] == ["partner.venue"]
    assert desk("describe", "Participants") == desk("describe", "participant")


@pytest.mark.parametrize("what", KEPT)
@pytest.mark.parametrize("kind", WHERE)
def test_odd_but_honest_names_are_kept_letter_for_letter(tried: Run, kind: str, what: str) -> None:
    made = tried("add", kind, f"name={KEPT[what]}", WHERE[kind]).json["id"]
    rows = tried("list", kind, "--where", f"name={KEPT[what]}").json
    assert [(row["id"], row["name"]) for row in rows] == [(made, KEPT[what])]


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("kind", WHERE)
def test_names_that_cannot_be_seen_are_refused_and_nothing_is_written(tried: Run, kind: str, what: str) -> None:
    ops = tried("check").json["ops"]
    refused(tried("add", kind, f"name={HOSTILE[what]}", WHERE[kind]), "othing was changed")
    checked = tried("check").json
    assert (checked["ops"], tried("list", kind).json) == (ops, [])


def test_ten_thousand_letters_are_refused_in_a_short_sentence(tried: Run) -> None:
    long = "x" * 10_000
    for words in (
        ("add", "participant", f"name={long}", "lot=Shard End"),
        ("add", long),
        ("do", "partner", long, long),
        ("list", long),
        ("add", "participant", "name=A", f"lot={long}"),
        ("postcodes", "lookup", long),
        ("eligibility", long, "--lot", "Shard End"),
        ("claim", "explain", long),
        ("add", "partner", f"{long}=1"),
        ("add", "activity", f"participant={long}"),
        ("add", "participant", "name=A", "lot=Shard End", f"phone={long}"),
    ):
        said = tried(*words)
        refused(said)
        assert len(said.err) < 1000, words[0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("minutes=x",), "“x” is not a whole number"),
        (("minutes=4.5",), "“4.5” is not a whole number"),
        (("minutes=4_5",), "not a whole number"),
        (("minutes=٤٥",), "not a whole number"),
        (("minutes=",), "minutes is needed"),
        (("minutes=0",), "1 to 600"),
        (("minutes=" + "9" * 40,), "not a whole number"),
        (("happened_on=20200512", "minutes=9"), "a day like 2020-05-12"),
        (("happened_on=2020-W20-2", "minutes=9"), "a day like 2020-05-12"),
        (("happened_on=2020-02-30", "minutes=9"), "a day like 2020-05-12"),
        (("happened_on=0001-01-01", "minutes=9"), "a day like 2020-05-12"),
        (("is_meaningful=maybe", "minutes=9"), "is_meaningful is yes or no"),
        (("minutes=9", "minutes=8"), "minutes was given twice"),
        (("minuets=9",), "no field called “minuets”"),
        (("minutes",), "is not FIELD=VALUE"),
        (("=9",), "is not FIELD=VALUE"),
        ((), "activity needs minutes"),
    ],
)
def test_a_wrong_field_is_one_sentence_and_nothing_is_written(tried: Run, words: tuple[str, ...], says: str) -> None:
    person = tried("add", "participant", "name=Ann Tester", "lot=Shard End", "registered_on=2020-05-01").json["id"]
    refused(tried("add", "activity", f"participant={person}", "mode=phone", "kind=housing", *words), says)
    assert tried("list", "activity").json == []


def test_every_verb_on_an_unknown_id_is_a_refusal(tried: Run) -> None:
    stray, example = str(uuid4()), {"number": "1", "date": "2020-05-12", "yes or no": "yes", "words": "x"}
    words = {"said_by": "client", "answer": "given"}
    for row in tried("describe").json:
        for verb in row["verbs"]:
            given = [
                f"{each['name']}={words.get(each['name']) or example.get(each['type'], 'x')}" for each in verb["fields"] if each["required"]
            ]
            refused(tried("do", row["kind"], verb["verb"], stray, *given))


def test_every_reference_to_nothing_is_a_refusal(tried: Run) -> None:
    example = {"number": "30", "date": "2020-05-12", "yes or no": "yes", "words": "CV"}
    words = {"mode": "phone", "month": "2020-05", "postcode": "B34 6HN"}
    for row in tried("describe").json:
        stray = [each["name"] for each in row["fields"] if each["type"] == "id"]
        for name in stray:
            given = {
                each["name"]: words.get(each["name"]) or example.get(each["type"], str(uuid4()))
                for each in row["fields"]
                if each["required"]
            }
            given["kind"] = {"partner": "library", "outreach.session": "food bank", "outreach": "food bank", "activity": "housing"}.get(
                row["kind"], ""
            )
            given = {key: value for key, value in (given | {name: str(uuid4())}).items() if key in {each["name"] for each in row["fields"]}}
            refused(tried("add", row["kind"], *(f"{key}={value}" for key, value in given.items())))


def test_names_find_whom_they_mean_with_or_without_accents_and_two_are_too_many(tried: Run) -> None:
    one = tried("add", "participant", "name=Zoë Übel", "lot=Shard End", "registered_on=2020-05-01").json["id"]
    tried("do", "participant", "change", "zoe ubel", "phone=0121 496 0000")
    assert tried("list", "participant").json[0]["phone"]
    tried("add", "participant", "name=Zoe Ubel", "lot=Shard End", "registered_on=2020-05-01")
    assert tried("do", "participant", "change", "ZOË ÜBEL", "note=the very one").code == 0, "the exact name wins"
    tried("add", "participant", "name=Zoë Übel", "lot=Shard End", "registered_on=2020-05-01")
    refused(tried("do", "participant", "change", "Zoë Übel", "note=x"), "fits 2 of them")
    refused(tried("do", "participant", "change", "Nobody Known", "note=x"), "is not known here")
    assert next(row for row in tried("list", "participant").json if row["id"] == one)["note"] == "the very one"


def test_an_empty_text_clears_what_stood_there(tried: Run) -> None:
    made = tried("add", "participant", "name=Ann Tester", "lot=Shard End", "phone=0121 496 0000", "note=a note", "email=").json["id"]
    assert tried("do", "participant", "change", made, "phone=", "note=").code == 0
    row = tried("list", "participant").json[0]
    assert (row["phone"], row["note"], row["email"]) == (None, None, None)


def test_every_text_may_be_left_empty_where_it_is_not_required(tried: Run) -> None:
    for kind, needed in {
        "participant": ["name=Ann Tester", "lot=Shard End"],
        "partner": ["name=The Library", "kind=library"],
        "partner.venue": ["name=The Hall", "lot=Shard End"],
    }.items():
        texts = [f"{each['name']}=" for each in tried("describe", kind).json[0]["fields"] if not each["required"] and each["name"] != "lot"]
        assert tried("add", kind, *needed, *texts).code == 0, tried("add", kind, *needed, *texts).err


def test_limit_and_where_take_what_they_say(tried: Run) -> None:
    for name in ("Ann", "Ben", "Cem"):
        tried("add", "partner", f"name={name}", "kind=library", "lots=Shard End;Camp Hill", "is_own_provision=yes")
    assert len(tried("list", "partner", "--limit", "2").json) == 2
    assert tried("list", "partner", "--limit", "0").json == []
    assert tried("list", "partner", "--limit", "-1").code == 2
    assert [row["name"] for row in tried("list", "partner", "--where", "name=BEN", "kind=library").json] == ["Ben"]
    assert len(tried("list", "partner", "--where", "is_own_provision=true", "--where", "lots=camp hill", "--limit", "1").json) == 1
    assert tried("list", "partner", "--where", "lots=Glascote").json == []
    refused(tried("list", "claim", "--where", "nosuch=1"), "no field called “nosuch”")
    refused(tried("list", "partner", "--where", "name"), "FIELD=VALUE")


@pytest.mark.parametrize(
    ("typed", "lot"),
    [
        ("Chemsley Wood", "Chelmsley Wood"),
        ("chelmsley", "Chelmsley Wood"),
        ("birchils leamor", "Birchills Leamore"),
        ("batchley and brockhill", "Batchley & Brockhill"),
        ("cannok north", "Cannock North"),
        ("washwood", "Washwood Heath"),
        ("SHARD END WARD", "Shard End"),
        ("binley", "Binley & Willenhall"),
        ("camphill", "Camp Hill"),
        ("Glascote Heath", "Glascote"),
    ],
)
def test_a_lot_is_found_by_alias_and_misspelling_in_every_command(tried: Run, typed: str, lot: str) -> None:
    assert tried("eligibility", "B34 7AA", "--lot", typed).json["lot"] == lot
    assert tried("claim", "show", "--lot", typed, "--month", "2020-05").json["lot"] == lot
    assert {row["lot"] for row in tried("list", "programme.tenure", "--lot", typed).json} == {lot}


def test_a_lot_that_is_not_meant_clearly_is_refused_with_the_names(tried: Run) -> None:
    for words in (
        ("eligibility", "B34 7AA", "--lot", ""),
        ("list", "partner", "--lot", ""),
        ("list", "participant", "--lot", "Atlantis"),
        ("claim", "show", "--lot", "wood", "--month", "2020-05"),
        ("signoff", "--month", "2020-05", "--lot", "nowhere"),
        ("signoff", "--month", "2020-05", "--lot", ""),
        ("report", "caseload", "--lot", "", "--out", "caseload.pdf"),
    ):
        refused(tried(*words), "lot")


@pytest.mark.parametrize(
    "words",
    [
        ("claim", "show", "--lot", "Shard End", "--month", "2020-5"),
        ("claim", "show", "--lot", "Shard End", "--month", "0000-01"),
        ("claim", "show", "--lot", "Shard End", "--month", "9999-12"),
        ("--today", "2020-02-30", "check"),
        ("--today", "20200512", "check"),
        ("claim", "paid", "x", "--amount", "1.5"),
        ("list", "partner", "--limit", "all"),
        ("postcodes", "lookup", "B34 7AA", "--on", "yesterday"),
        ("postcodes",),
        ("claim",),
        ("list",),
        ("add",),
        ("--fly",),
    ],
)
def test_words_that_are_no_command_are_usage(tried: Run, words: tuple[str, ...]) -> None:
    assert tried(*words).code == 2


def test_today_moves_the_clock_of_every_command(run: Run, desk: Any) -> None:
    desk("add", "participant", "name=Ann Tester", "lot=Shard End", today="2020-06-30")
    assert desk("list", "participant")[0]["registered_on"] == "2020-06-30"
    assert desk("audit", "participant")[0]["at"].startswith("2020-06-30")
    assert desk("eligibility", "B34 7AA", "--lot", "Shard End", today="2019-01-02")["on"] == "2019-01-02"
    assert run("--json", "postcodes", "lookup", "B34 7AA", "--today", "2025-06-01").json["edition"] == "2025.2.0"


def test_what_a_later_command_of_the_same_day_writes_comes_after_what_an_earlier_one_wrote(run: Run, desk: Any, parts: Any) -> None:
    for number in range(6):
        desk("add", "partner", f"name=Library {number}", "kind=library", "lots=Shard End")
    told = desk("audit", "partner")
    assert [row["at"] for row in told] == sorted((row["at"] for row in told), reverse=True)
    assert len({row["at"] for row in told}) == 6
    assert {row["at"][:10] for row in told} == {"2020-05-12"}


def test_options_stand_before_and_after_the_command(run: Run, desk: Any) -> None:
    for words in (
        ("--store", desk.store, "--json", "claim", "show"),
        ("claim", "--store", desk.store, "show", "--json"),
        ("claim", "show", "--json", "--store", desk.store),
    ):
        assert run(*words, "--lot", "Shard End", "--month", "2020-05").json["lot"] == "Shard End"


def test_the_log_is_read_by_room_kind_and_plural_and_an_unknown_room_is_refused(tried: Run) -> None:
    made = tried("add", "partner", "name=The Library", "kind=library", "lots=Shard End").json["id"]
    tried("signoff", "--month", "2020-04", "--lot", "Shard End")
    assert tried("audit", "partners").json == tried("audit", "partner").json != []
    assert tried("audit", "activity.signoff").json
    assert [row["deed"] for row in tried("audit", "partner", made).json] == ["made"]
    assert len(tried("audit", "--limit", "1").json) == 1
    refused(tried("audit", "kitchen"), "no room called “kitchen”")
    refused(tried("audit", "partner", "nobody"), "is not known here")
    assert tried("audit", "--limit", "-1").code == 2
