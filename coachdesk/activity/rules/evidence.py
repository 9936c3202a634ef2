"""What may be kept as evidence, and whether it is worth anything: how and when it was obtained counts as much as what it shows.

DOMAIN.md section 2: the risk of a missing record sits wholly with the provider, and informal checks fail on days that do not match.
"""

from __future__ import annotations

from datetime import date

from coachdesk.activity.rules.deeds import chosen
from coachdesk.clock import day_text
from coachdesk.errors import Refusal

JOB_STARTED, JOB_HOURS, JOB_PAY, STILL_IN_WORK, JOB_ENDED = "job started", "hours", "pay", "still in work", "job ended"
HELP_GIVEN, ATTENDANCE, QUALIFICATION, VOLUNTEERED = "help given", "attendance", "qualification", "volunteering"
IDENTITY, ADDRESS, TIE, OUT_OF_WORK, AGREED = "identity", "address", "tie to the ward", "out of work or low paid", "agreed to take part"
OF_A_JOB = (JOB_STARTED, JOB_HOURS, JOB_PAY, STILL_IN_WORK, JOB_ENDED)
OF_HELP = (HELP_GIVEN, ATTENDANCE)
PROVES = (*OF_A_JOB, *OF_HELP, QUALIFICATION, VOLUNTEERED, IDENTITY, ADDRESS, TIE, OUT_OF_WORK, AGREED)
WAYS = ("original seen, copy kept", "original seen, no copy", "sent by the employer", "sent by the participant", "sent by a partner",
        "signed at the desk", "telephone call, noted", "taken from a system")
WITHOUT_FILE = ("original seen, no copy", "telephone call, noted", "taken from a system")
PDF, JPEG, PNG = "PDF", "JPEG", "PNG"
UNVERIFIED, VERIFIED, REFUSED = "not verified yet", "verified", "not good enough"
_ENDS = {PDF: b"%%EOF", JPEG: b"\xff\xd9", PNG: b"IEND"}


def kind_of_file(data: bytes) -> str:
    """PDF, JPEG or PNG, by what is in the file and never by its name. Refusal for anything else and for one that is cut short."""
    if data.startswith(b"\xff\xd8\xff"):
        found = JPEG
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        found = PNG
    elif b"%PDF-" in data[:1024]:
        found = PDF
    else:
        raise Refusal("That file is neither a PDF nor a JPEG or PNG picture.",
                      "Save or print it as a PDF, or take a picture of it, and add that. Nothing was changed.")
    if _ENDS[found] not in data:
        raise Refusal(f"That {found} is cut short: its end is missing.", "Copy it from where it came from again. Nothing was changed.")
    return found


def proves_of(text: str, *, of_job: bool, of_help: bool) -> str:
    """What a proof is said to prove. Refusal, with the list, for another word, or one that does not fit what it hangs on."""
    word = chosen(text, PROVES, "thing that evidence proves")
    if word in OF_A_JOB and not of_job:
        raise Refusal(f"“{word}” is proved of a job.", "Add it to the job itself; nothing was changed.")
    if word in OF_HELP and not of_help:
        raise Refusal(f"“{word}” is proved of a piece of help.", "Add it to that piece of help; nothing was changed.")
    return word


def way_of(text: str, *, has_file: bool) -> str:
    """How a proof was obtained. Refusal for another word, or for one that speaks of a copy where there is none."""
    word = chosen(text, WAYS, "way of obtaining evidence")
    if not has_file and word not in WITHOUT_FILE:
        raise Refusal(f"“{word}” needs the file itself.", f"Add the file, or say: {'; '.join(WITHOUT_FILE)}. Nothing was changed.")
    return word


def check_days(obtained_on: date, dated: date | None, today: date) -> None:
    """Refusal for a day to come, and for a paper that is dated after the day on which it was obtained."""
    if obtained_on > today:
        raise Refusal(f"{day_text(obtained_on)} is still to come.", "Say the day on which it was obtained; nothing was changed.")
    if dated is not None and dated > obtained_on:
        raise Refusal(f"It is dated {day_text(dated)}, after {day_text(obtained_on)} when it was obtained.",
                      "One of the two days is wrong: look at the paper again. Nothing was changed.")


def day_warning(proves: str, dated: date | None, started_on: date | None) -> str:
    """A sentence where the day on a proof of a job's start does not match the day that was recorded; empty where nothing is amiss."""
    if proves == JOB_STARTED and dated is not None and started_on is not None and dated != started_on:
        return f"It says {day_text(dated)}, the job stands here from {day_text(started_on)}: a checker will ask which is right."
    return ""


def state_of(verified_on: date | None, refused_on: date | None) -> str:
    """Whether somebody has looked at a proof, and what they found."""
    return REFUSED if refused_on is not None else VERIFIED if verified_on is not None else UNVERIFIED


def check_verifier(*, is_own: bool, role: str) -> None:
    """Refusal for anybody who verifies what they obtained themselves, unless they lead: a small lot may have one person only."""
    if is_own and role != "lead":
        raise Refusal("You obtained this yourself, so somebody else has to look at it.",
                      "Ask your lead or a colleague. Nothing was changed.")


def size_words(size: int) -> str:
    """`1.2 MiB`, `340 KiB`, `90 bytes`."""
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.1f} MiB"
    return f"{round(size / 1024):,} KiB" if size >= 1024 else f"{size} bytes"
