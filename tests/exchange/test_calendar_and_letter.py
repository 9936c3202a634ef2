"""Calendar files and e-mail drafts: any text comes back as it went in, and no text can bring a line of its own."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.exchange.calendar import Event, calendar
from coachdesk.exchange.letter import draft

VISIT = Event("0190-abc@coachdesk", 0, datetime(2020, 7, 15, 11, 0, tzinfo=UTC), date(2020, 7, 20), "10:30", 45,
              "Appointment at Money Advice (CW-7K3-Q9D)", "1 High Street, Shard End", "Referral R-7K3-Q9D.")
HOSTILE = ("a\r\nATTENDEE:mailto:x@example.org", "END:VEVENT\nBEGIN:VEVENT", "a\u2028SUMMARY:b", "x" * 400, "ß" * 90, "😀" * 60,
           "back\\slash; semi, comma\\n", "tab\there", "\x00\x07bell", "ends with \\", 'quote"d', "٤٥ أمينة", "")


def unfolded(content: bytes) -> list[str]:
    """The lines of a calendar, by the book: parted by CRLF, a line that begins with a space goes on from the one before (RFC 5545, 3.1)."""
    assert content.endswith(b"\r\n")
    lines: list[bytes] = []
    for piece in content[:-2].split(b"\r\n"):
        assert len(piece) <= 75, "no line is longer than 75 octets"
        piece.decode("utf-8")                                   # no letter is broken in two
        assert b"\n" not in piece and b"\r" not in piece
        if piece[:1] == b" ":
            lines[-1] += piece[1:]
        else:
            lines.append(piece)
    return [line.decode("utf-8") for line in lines]


def value_of(text: str) -> str:
    """A text value as it was meant (RFC 5545, 3.3.11)."""
    out, at = [], 0
    while at < len(text):
        if text[at] == "\\":
            out.append("\n" if text[at + 1] in "nN" else text[at + 1])
            at += 2
        else:
            assert text[at] not in ",;", "a bare comma or semicolon would part the value"
            out.append(text[at])
            at += 1
    return "".join(out)


def event_of(content: bytes) -> dict[str, str]:
    """The properties of the one event, each of which stands there once."""
    lines = unfolded(content)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    inside = lines[lines.index("BEGIN:VEVENT") + 1:lines.index("END:VEVENT")]
    names = [line.partition(":")[0].partition(";")[0] for line in inside]
    assert names == ["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DURATION", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "CLASS", "TRANSP"]
    return {name: line.partition(":")[2] for name, line in zip(names, inside, strict=True)}


def clean(text: str) -> str:
    """A text without what no calendar and no one-line value may hold."""
    one = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in one if sign in "\t\n" or (ord(sign) >= 32 and ord(sign) not in (0x7f, 0x85, 0x2028, 0x2029)
                                                              and not 0xd800 <= ord(sign) <= 0xdfff))


def test_an_appointment_says_day_time_and_place_with_the_rule_of_summer_time() -> None:
    lines = unfolded(calendar([VISIT]))
    assert {"VERSION:2.0", "METHOD:PUBLISH", "TZID:Europe/London", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"} <= set(lines)
    assert "DTSTART;TZID=Europe/London:20200720T103000" in lines
    event = event_of(calendar([VISIT]))
    assert (event["UID"], event["DTSTAMP"]) == ("0190-abc@coachdesk", "20200715T110000Z")
    assert (event["SEQUENCE"], event["DURATION"]) == ("0", "PT45M")
    assert (value_of(event["LOCATION"]), event["STATUS"]) == ("1 High Street, Shard End", "CONFIRMED")


def test_what_is_moved_counts_on_and_what_is_called_off_says_so() -> None:
    moved = event_of(calendar([replace(VISIT, changes=1, at="09:00")]))
    assert (moved["UID"], moved["SEQUENCE"], moved["DTSTART"]) == ("0190-abc@coachdesk", "1", "20200720T090000")
    off = calendar([replace(VISIT, changes=2, is_off=True)])
    assert "METHOD:CANCEL" in unfolded(off) and event_of(off)["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_one_value(words: str) -> None:
    event = event_of(calendar([replace(VISIT, summary=words, place=words, description=words)]))
    assert value_of(event["SUMMARY"]) == value_of(event["LOCATION"]) == value_of(event["DESCRIPTION"]) == clean(words)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_comes_back_from_a_calendar_as_it_went_in(summary: str, place: str) -> None:
    event = event_of(calendar([replace(VISIT, summary=summary, place=place)]))
    assert (value_of(event["SUMMARY"]), value_of(event["LOCATION"])) == (clean(summary), clean(place))


def read(content: bytes) -> email.message.EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message


def test_a_draft_opens_unsent_with_address_subject_and_words() -> None:
    message = read(draft("Referral R-7K3-Q9D: your answer", "Dear all,\n\nZoë’s code\n", "advice@example.org"))
    assert (message["X-Unsent"], message["Subject"], message["To"]) == ("1", "Referral R-7K3-Q9D: your answer", "advice@example.org")
    assert message.get_content().replace("\r\n", "\n") == "Dear all,\n\nZoë’s code\n"
    assert message["From"] is None and message["Date"] is None


@pytest.mark.parametrize("to", [
    None, "", "nobody", "a@b@c", "x@example.org\r\nBcc: y@example.org", "x@example.org, y@example.org", "é@example.org"])
def test_an_address_that_is_none_is_left_out(to: str | None) -> None:
    message = read(draft("Referral", "words", to))
    assert message["Bcc"] is None
    assert message["To"] in (None, "") or "," not in str(message["To"])


@given(st.text(max_size=200), st.text(max_size=400))
def test_no_text_brings_a_header_or_part_of_its_own(subject: str, body: str) -> None:
    content = draft(subject, body, "advice@example.org")
    message = read(content)
    assert set(message.keys()) == {"X-Unsent", "Subject", "To", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert not message.is_multipart()
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
