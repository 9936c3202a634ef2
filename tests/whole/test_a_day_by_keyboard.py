"""A coach's day in the window by the keyboard alone: a queue at the food bank, who they turn out to be, and what is left to do.

Everything goes through key presses into whatever has the keyboard; the partners, the team and whoever was registered before stand there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from coachdesk.outreach import queries as outreach
from coachdesk.participant import actions as participant_actions
from coachdesk.participant import queries as participant
from coachdesk.partner import actions as partner_actions
from coachdesk.programme import actions as programme_actions
from coachdesk.programme import queries as programme
from tests.whole.at_the_window import Month

QUEUE = ("Amina Khan 07700 900201 b346hn cv f/u friday", "Bryn O'Hara 07700 900202 benefits", "Chidi Obi b374tr training",
         "Dorota Zielińska 07700 900204 esol f/u tomorrow", "Ewan Price housing", "Farah Aziz 07700 900206 b346hn cv f/u monday",
         "Gwen Lloyd money", "Hamid Noor 07700 900208 esol", "Ines Costa b346hn", "Jakub Nowak 07700 900210", "Kemi Ade cv", "Lou Reid")
FILE = ("Name,Postcode,Phone,Date of birth,Lot\r\nMina Hart,B34 6HN,07700 900301,03/04/1990,Shard End\r\n"
        "Zoë Übel,B34 6HN,07700 900302,,Shard End\r\nNobody,,,31/02/1990,Shard End\r\n")


def test_a_day_by_the_keyboard_alone(month: Month, tmp_path: Path) -> None:
    month.unlock()
    month.act(furnished)
    write_twelve_down(month)
    register_two_of_them_and_know_the_third(month)
    follow_one_up_from_today(month)
    close_the_hall_and_move_its_sessions(month)
    find_by_a_piece_of_a_number_and_in_spite_of_a_slip(month)
    bring_a_file_in_and_take_it_back(month, tmp_path / "people.csv")
    join_two_records_and_part_them(month)
    keep_a_verdict_that_a_new_edition_changes(month)
    hand_the_caseload_over(month)
    assert month.keys.lost == []
    assert month.keys.clashes == set()


def furnished(session: Any) -> None:
    """Two places with their partners, a second coach, and somebody who is known."""
    church = partner_actions.add_partner(session, name="St Giles Food Bank", kind="food bank", lots=["Shard End"])
    council = partner_actions.add_partner(session, name="City Libraries", kind="library", lots=["Shard End"])
    partner_actions.add_contact(session, partner=church, name="Ruth Parry", phone="0121 496 0001")
    partner_actions.add_venue(session, name="St Giles Hall", partner=church, postcode="B34 6HN")
    partner_actions.add_venue(session, name="Shard End Library", partner=council, postcode="B34 7AA")
    programme_actions.add_member(session, name="Carl Coach", role="coach", lots=["Shard End"])
    participant_actions.register(session, name="Farah Azis", lot=programme.lot_id(session, "Shard End"), postcode="B34 6HN",
                                 phone="07700 900206")


def people(month: Month) -> list[str]:
    return sorted(row.name for row in month.see(participant.participants))


def write_twelve_down(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+2", "Ctrl+N")
    keys.write("giles")
    keys.press("Return")
    keys.write("food bank")
    keys.press("Ctrl+Return", "N")
    for line in QUEUE:
        keys.write(line)
        keys.press("Return")
    keys.sees("Lou Reid |", "Amina Khan | 07700 900201 | B34 6HN | CV and job search | 15 May 2020")
    assert [row.name.split()[0] for row in month.see(outreach.contacts)][::-1] == [line.split()[0] for line in QUEUE]


def register_two_of_them_and_know_the_third(month: Month) -> None:
    keys = month.keys
    keys.press("Escape", "P")    # from the counting keys: whoever was written down last
    keys.sees("Met at St Giles Hall, food bank")
    keys.press("Ctrl+Return")
    keys.sees("Check by hand")
    keys.press("Alt+Left")       # back in the queue, where one stood
    assert keys.stands_on() == "Contacts of this session"
    keys.press("End", "P", "Ctrl+Return")
    keys.sees("B34 6HN is in Shard End ward")
    keys.press("Alt+Left", *["Up"] * 5, "P")
    keys.sees("Is this the same person?", "Farah Azis, ")
    keys.press("Ctrl+O")
    keys.sees("Farah Azis", "Met | food bank, St Giles Hall")
    assert people(month) == ["Amina Khan", "Farah Azis", "Lou Reid"]
    (promised,) = month.see(participant.follow_ups)
    assert (promised.participant, promised.due_on) == ("Farah Azis", date(2020, 5, 18))
    keys.press("Alt+Left")
    keys.sees("Farah Aziz | 07700 900206 | B34 6HN | CV and job search | followed up 12 May 2020 | participant")
    keys.press("P")              # who is a participant already is opened
    keys.sees("Farah Azis")


def follow_one_up_from_today(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+1")
    keys.sees("2 due within seven days", "tomorrow | Dorota Zielińska | Follow up: met at St Giles Hall about ESOL")
    keys.press("Home", "Return", "F")
    keys.sees("Marked as followed up today.")
    keys.press("Ctrl+1")
    keys.sees("1 due within seven days", "Farah Azis | Follow up: met again at St Giles Hall")


def close_the_hall_and_move_its_sessions(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+2", "Ctrl+N")
    keys.write("giles")
    keys.press("Return")
    keys.write("food bank")      # in place of what was usual there
    keys.press("Alt+D")          # with the suggestions still open: they close, and the day gets every letter
    keys.write("19 5")
    keys.press("Alt+B")
    keys.write("1")
    keys.press("Ctrl+Return")
    keys.sees("27 sessions are planned, every Tuesday")
    keys.press("Alt+V", "End", "L")
    keys.sees("Close or restrict St Giles Hall", "People to tell (3)", "Sessions to move (27, 1 series)", "Partners lost (1)",
              "Ruth Parry 0121 496 0001")
    keys.write("burst pipe")
    keys.press(*["Tab"] * 4)
    keys.write("library")
    keys.press("Ctrl+Return")
    keys.sees("closed since 12 May 2020 | burst pipe", "Shard End Library | Shard End | ○ open |  |  | 0 | 27")
    assert {row.venue for row in month.see(outreach.sessions, status="planned")} == {"Shard End Library"}


def find_by_a_piece_of_a_number_and_in_spite_of_a_slip(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+K")
    keys.write("900208")
    keys.sees("Hamid Noor   ·   met on 12 May 2020 at St Giles Hall")
    keys.press("Escape", "Ctrl+K")
    keys.write("amnia kahn")
    keys.sees("similar", "Only similar spellings are found.")
    keys.press("Return")
    keys.sees("Amina Khan", "How to reach them", "07700 900201")


def bring_a_file_in_and_take_it_back(month: Month, file: Path) -> None:
    keys = month.keys
    file.write_bytes(FILE.encode("cp1252"))
    month.dialogs.next_file = file
    keys.press("Ctrl+3", "Escape", "Alt+B")
    keys.sees("2 | to be taken | Mina Hart", "3 | to be taken | Zoë Übel", "4 | refused | Nobody | Date of birth: “31/02/1990”")
    keys.press("Ctrl+Return")
    keys.sees("2 participants are brought in from people.csv (1 refused).")
    assert "Zoë Übel" in people(month) and "Mina Hart" in people(month)
    keys.press("Ctrl+T")
    keys.sees("people.csv is taken back")
    assert people(month) == ["Amina Khan", "Farah Azis", "Lou Reid"]


def join_two_records_and_part_them(month: Month) -> None:
    def twin(session: Any) -> None:
        participant_actions.register(session, name="Amina Kahn", lot=programme.lot_id(session, "Shard End"), postcode="B34 6HN",
                                     phone="07700 900201", is_known_duplicate=True)
        participant_actions.register(session, name="Asha Out", lot=programme.lot_id(session, "Camp Hill"), postcode="CV10 0HJ")

    keys = month.keys
    month.act(twin)
    keys.press("Ctrl+3", "Alt+U")
    keys.sees("1 pair to look at")
    keys.press("Ctrl+J", "Tab")
    keys.write("Ruth knows her")
    keys.press("Return")
    keys.sees("is shown under", "1 joined")
    assert "Amina Kahn" not in people(month)
    keys.press("Alt+R")
    keys.sees("are two people again.")
    assert "Amina Kahn" in people(month)


def keep_a_verdict_that_a_new_edition_changes(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+8", "Alt+C")
    keys.sees("Asha Out | Camp Hill | eligible by residence | not eligible | undecided")
    keys.press("Tab", "Tab", "Return")
    keys.write("seen the tenancy")
    keys.press("Return", "Space")
    keys.sees("The verdict on Asha Out stays as it was given.")
    assert [row.decision for row in month.see(participant.edition_reviews)] == ["kept"]


def hand_the_caseload_over(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+3", "Alt+H")
    keys.write("robin")
    keys.press("Tab")
    keys.sees("People (5, of whom 0 go)", "Everything else (")
    keys.write("leaves the team")
    keys.press("Alt+G")
    keys.write("carl")
    keys.press("Tab")
    keys.sees("People (5, of whom 5 go)")
    keys.write("carl")
    keys.press("Tab", "Space")
    keys.sees("5 people and 31 other open things handed over; nothing open is left.", "Nobody is on this caseload.")
    assert {row.coach for row in month.see(participant.participants)} == {"Carl Coach"}
    assert {row.coach for row in month.see(outreach.sessions, status="planned")} == {"Carl Coach"}
