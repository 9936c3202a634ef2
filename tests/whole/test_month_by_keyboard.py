"""One month in the window by the keyboard alone: from the passphrase to the paid claim, asserting what is in the store and what is said.

Everything goes through key presses into whatever has the keyboard, and everything is read off the window as a coach reads it;
only the day is moved, and the question before sending answered, from outside.
"""

from __future__ import annotations

from datetime import date

from coachdesk.activity import queries as activity
from coachdesk.claim import queries as claim
from coachdesk.outreach import queries as outreach
from coachdesk.participant import queries as participant
from coachdesk.partner import queries as partner
from coachdesk.referral import queries as referral
from coachdesk.ui.partner.tabs import TABS
from tests.whole.at_the_window import Month
from tests.whole.keys import words_of

ZOE = "Zoë Übel"
ALLOWED = 25    # presses beyond the answers for a registration: GOALS, for people
START, THREE, JOB = 25_000, 40_000, 90_000
FLOOR = 701_667    # Shard End's base total of the template ÷ 3, half up


def test_one_month_by_the_keyboard_alone(month: Month) -> None:
    a_wrong_passphrase_is_said_plainly(month)
    month.unlock()
    look_at_one_lot(month)
    add_a_partner_with_a_contact_and_a_place(month)
    meet_people_at_the_food_bank(month)
    register_one_of_them(month)
    help_three_times(month)
    miss_an_appointment(month)
    start_a_job(month)
    refer_to_the_partner(month)
    claim_the_month(month)
    print_the_caseload(month)
    take_the_last_action_back(month)
    find_the_person_without_their_accents(month)
    hide_names_in_a_public_place(month)
    lock(month)

    assert month.keys.lost == []


def test_the_last_action_is_taken_back_from_any_box_without_typing_of_its_own(month: Month) -> None:
    keys = month.keys
    month.unlock()
    for page, letters in (("Ctrl+3", ""), ("Ctrl+6", ""), ("Ctrl+6", "Alt+K"), ("Ctrl+6", "Alt+N")):
        keys.press("Ctrl+5", "Ctrl+N")
        keys.fill("St Giles Food Bank", "food bank")
        keys.press("Return", page, *letters.split())
        keys.write("xx")
        keys.press("Ctrl+Z")
        assert len(month.see(partner.partners)) == 1    # the typing first
        keys.press("Ctrl+Z")
        keys.sees("Undone: Add an organisation.")
        assert month.see(partner.partners) == []


def test_back_goes_to_the_page_before_and_what_was_done_there_is_no_news_any_more(month: Month) -> None:
    keys = month.keys
    month.unlock()
    keys.press("Ctrl+5", "Ctrl+N")
    keys.fill("St Giles Food Bank", "food bank")
    keys.press("Return")
    keys.sees("St Giles Food Bank was added.")
    for away in ("Ctrl+9", "F1"):
        keys.press(away)
    keys.press("Alt+Left")
    assert month.front().windowTitle().startswith("Settings")
    keys.press("Alt+Left")
    assert month.front().windowTitle().startswith("Partners")
    assert not any("was added" in words for words in words_of(month.front()))
    assert keys.lost == []


def test_no_letter_means_two_things_at_once(month: Month) -> None:
    keys = month.keys
    month.unlock()
    for page in range(1, 10):
        keys.press(f"Ctrl+{page}", "Ctrl+N")
        for _view in range(3 if page in (4, 6, 8, 9) else 0):
            keys.press("Ctrl+PgDown")
        keys.press("Escape")
        for _view in TABS if page == 5 else ():
            keys.press("Ctrl+PgDown", "Ctrl+N", "Escape")
    keys.press("Ctrl+4", "Ctrl+Shift+N", "Escape", "Ctrl+7", "Ctrl+O", "Ctrl+O", "Ctrl+D", "Ctrl+M", "Escape", "Ctrl+P", "Escape")
    for view in ("A", "J", "O", "G"):
        keys.press("Ctrl+6", f"Alt+{view}")
    assert keys.clashes == set()
    assert keys.lost == []


def names_zoe(month: Month) -> bool:
    """Can her name or telephone be read anywhere?"""
    return any("Übel" in words or "900123" in words for words in words_of(month.front()))


def a_wrong_passphrase_is_said_plainly(month: Month) -> None:
    keys = month.keys
    assert keys.stands_on() == "Passphrase"
    keys.write("heron beside the lake")
    keys.press("Return")
    keys.sees("That passphrase does not open this store.")
    assert month.program.main is None
    assert keys.stands_on() == "Passphrase"    # the wrong words are marked: typing replaces them


def look_at_one_lot(month: Month) -> None:
    month.keys.press("F7")
    month.keys.write("Shard End")
    month.keys.press("Return")


def add_a_partner_with_a_contact_and_a_place(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+5", "Ctrl+N")
    keys.fill("St Giles Food Bank", "food bank")
    keys.press("Return")
    keys.sees("St Giles Food Bank was added.", "1 organisation in Shard End")
    keys.press("Return", "Alt+C")
    keys.fill("Ruth Parry", "manager", "0121 496 0001")
    keys.press("Return")
    keys.sees("Ruth Parry was added.")
    keys.press("Alt+A")
    keys.fill("St Giles Hall", "b346hn")
    keys.press("Return")
    keys.sees("St Giles Hall was added.", "St Giles Hall | B34 6HN")
    assert month.one(partner.partners).lots == ("Shard End",)
    assert month.one(partner.contacts).phone == "0121 496 0001"
    place = month.one(partner.venues)
    assert (place.partner, place.postcode, place.lot) == ("St Giles Food Bank", "B34 6HN", "Shard End")


def meet_people_at_the_food_bank(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+2", "Ctrl+N")
    keys.write("giles")
    keys.press("Return")    # on to what is still asked
    keys.write("food bank")
    keys.press("Ctrl+Return")
    keys.sees("Food bank · Tuesday 12 May 2020 · Shard End · Robin Ashdown")
    keys.press("1", "Space", "2", "4", "T", "Space")
    keys.sees("Counted a contact. Backspace takes it back.")
    session = month.one(outreach.sessions)
    assert (session.venue, session.kind, session.tallied) == ("St Giles Hall", "food bank", 3)
    keys.press("Backspace")
    keys.sees("Took back a contact.")
    assert month.one(outreach.sessions).tallied == 2
    keys.press("N")
    keys.write("Zoë Übel 07700 900123 b346hn cv f/u friday")
    keys.sees(f"Name: {ZOE}", "Telephone: 07700 900123", "B34 6HN: Shard End", "Follow up: Friday 15 May 2020")
    keys.press("Return")
    met = month.one(outreach.contacts)
    assert (met.name, met.phone, met.postcode, met.follow_up_on) == (ZOE, "07700 900123", "B34 6HN", date(2020, 5, 15))
    assert keys.stands_on() == "Write somebody down"    # and the line is empty for the next in the queue


def register_one_of_them(month: Month) -> None:
    keys = month.keys
    keys.data = keys.beyond = 0
    keys.press("Escape", "P")
    keys.sees("Met at St Giles Hall, food bank", "Eligible by residence")
    keys.fill("", "", "", "5 6 1984", "ab123456c", "", "zoe@example.org", "phone", "", "y", "n", "30", "Universal Credit", on="Return")
    keys.press("Return", "Space", "Return", "Return", "Return")    # the privacy notice was given; its version and way are as usual
    keys.write("y")
    keys.press("Return")
    keys.sees("B34 6HN is in Shard End ward", "0 of 3 meaningful")
    row = month.one(participant.participants)
    assert (row.name, row.postcode, row.verdict, row.ni_number) == (ZOE, "B34 6HN", "eligible by residence", "AB 12 34 56 C")
    assert (row.heard_through, row.weeks_out_of_work, row.benefit) == ("food bank", 30, "Universal Credit")
    assert (row.is_safe_to_call, row.is_safe_to_leave_message) == (True, False)
    assert month.see(participant.participant, id=row.id).consent_partners == "given"
    assert keys.beyond <= ALLOWED, f"{keys.beyond} presses beyond {keys.data} letters of answers"


def help_three_times(month: Month) -> None:
    keys = month.keys
    for day, how_far, answers in ((12, "One of three", ("CV", "40")), (19, "Two of three", ("interview", "35", "phone")),
                                  (26, "Three of three", ("money", "50"))):
        month.on(day)
        keys.press("Ctrl+3", "Ctrl+G")
        keys.fill(*answers)
        keys.press("Return")
        keys.sees(f"on {day} May 2020. {how_far} meaningful.")
    rows = month.see(activity.interventions)
    given = sorted((each.happened_on.day, each.kind, each.minutes, each.mode, each.is_meaningful) for each in rows)
    assert given == [(12, "CV & job search", 40, "face to face", True), (19, "interview", 35, "phone", True),
                     (26, "money & debt", 50, "face to face", True)]
    keys.press("Ctrl+3")
    keys.sees("3 of 3 meaningful", "26 May 2020 | money & debt | 50 minutes, face to face; meaningful")


def miss_an_appointment(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+B")
    keys.fill("28 5", "10:30", "St Giles Hall")
    keys.press("Return")
    keys.sees(f"Booked: {ZOE} on Thursday 28 May 2020 at 10:30.")
    month.on(28)
    keys.press("Ctrl+1")
    keys.sees(f"today | {ZOE} | Appointment 10:30 at St Giles Hall")
    keys.press("Return", "D")
    keys.sees(f"{ZOE}: did not attend. Press R to rebook.")
    assert month.one(activity.appointments).outcome == "did not attend"


def start_a_job(month: Month) -> None:
    keys = month.keys
    month.on(29)
    keys.press("Alt+J", "Ctrl+N")
    keys.write("zoe ub")
    keys.press("Return", "Tab")
    keys.fill("29 5", "Tame Bakery", "Baker", "20", "8.72", "permanent")
    keys.press("Return")
    keys.sees(f"Recorded: Baker, 20 hours a week, {ZOE}, from 29 May 2020.")
    job = month.one(activity.jobs)
    assert (job.employer, job.hours_a_week, job.pay_pence_an_hour, job.contract) == ("Tame Bakery", 20, 872, "permanent")


def refer_to_the_partner(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+3", "Ctrl+R")
    keys.write("giles")
    keys.press("Return")
    keys.sees("Consent to talk to partners: given.", "They should answer within 14 days.")
    keys.press("Tab", "Tab")
    keys.write("food parcels for a month")
    keys.press("Return")
    keys.sees(f"Sent: {ZOE} to St Giles Food Bank.", "1 awaiting a reply")
    assert month.one(referral.referrals).state == "sent"
    keys.press("A")
    keys.sees(f"Accepted: {ZOE}, St Giles Food Bank.", "0 awaiting a reply")
    assert month.one(referral.referrals).state == "accepted"
    keys.press("Ctrl+Shift+P")
    assert not names_zoe(month)    # not even in the message of what was done a moment ago
    keys.press("Ctrl+Shift+P")


def claim_the_month(month: Month) -> None:
    keys, own, top_up = month.keys, START + THREE + JOB, FLOOR - START - THREE - JOB
    keys.press("Ctrl+7")
    keys.sees("Own claim", "£1,550.00", "£7,016.67", "£5,466.67", "£250.00", "£400.00", "£900.00")
    keys.press("Tab")
    assert keys.stands_on() != "Lines of the claim"
    keys.press("Shift+Tab", "Home", "Down", "Right")
    keys.sees(f"Three meaningful interventions, {ZOE}, £400.00", "three of three: 50 minutes of help, face to face")
    assert keys.stands_on().startswith("Open this activity")
    keys.press("Escape", "Ctrl+D")
    keys.sees("The claim for May 2020 is drafted.")
    keys.press("Ctrl+Return")
    keys.sees("The claim is recorded as sent.")
    assert "£7,016.67 payable" in month.dialogs.asked[-1] and "cannot be undone" in month.dialogs.asked[-1]
    month.on(15, month=6)
    keys.press("Ctrl+M", "Return")
    keys.sees("£7,016.67 is recorded as paid.")
    row = month.one(claim.claims)
    assert (row.actual_pence, row.top_up_pence, row.payable_pence) == (own, top_up, FLOOR)
    assert (row.status, row.sent_on, row.paid_on, row.paid_pence) == ("paid", date(2020, 5, 29), date(2020, 6, 15), FLOOR)


def print_the_caseload(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+P", "Return")
    keys.sees("Caseload summary · 1 page", "Print…")
    keys.press("Escape")
    keys.sees(f"{ZOE} |", "3 of 3")


def take_the_last_action_back(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+Z")
    keys.sees("Undone: Record what was paid.")
    assert month.one(claim.claims).status == "sent"


def find_the_person_without_their_accents(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+K")
    keys.write("zoe ubel")
    keys.sees(f"{ZOE}   ·   ")
    keys.press("Return")
    keys.sees("How to reach them", "07700 900123")
    assert keys.stands_on() == "Timeline"


def hide_names_in_a_public_place(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+Shift+P")
    keys.sees("Public place: initials only", "Z. Ü.", "hidden in a public place")
    assert not names_zoe(month)


def lock(month: Month) -> None:
    keys = month.keys
    keys.press("Ctrl+L")
    keys.sees("is locked.")
    assert month.program.main is None and keys.stands_on() == "Passphrase"
    assert not names_zoe(month)
