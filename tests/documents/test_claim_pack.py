"""The rest of the pack on paper: evidence by line, adjustments with reasons, the coaches' words, the receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from coachdesk.documents.claim_parts import AdjustmentEntry, EvidenceEntry, Parts, WordEntry
from coachdesk.documents.claim_schedule import claim_schedule
from tests.documents.paper import PRINTED, printed
from tests.documents.test_claim_schedule import CLAIM

LONG = "hours and pay, read from a payslip that came by post and was copied at the desk"
PROOF = EvidenceEntry(2, "SE-00002", "job: packer, 20 hours a week, 30 March 2020", "job started", date(2020, 5, 4), LONG,
                      date(2020, 4, 30), "PDF, 120 kB", "verified by Olive Owner")
PARTS = Parts((AdjustmentEntry(4, "SE-00004", "Adjustment", "reversal: an activity it rested on was removed", -1200),),
              (PROOF, replace(PROOF, number=3, about="", dated=None, kept="seen, not kept", state="not verified")), (1, 4),
              (WordEntry("Priya Nair", "signed off", date(2020, 6, 2), "12 help, 1 job", "12 help, 1 job"),
               WordEntry("Dev Okonkwo", "not signed off", None, "", "3 help, 0 jobs")), "ab" * 32, f"no. 19: {'cd' * 32}")


def pages_of(parts: Parts) -> list[str]:
    return printed(lambda out: claim_schedule(replace(CLAIM, parts=parts), PRINTED, out))[2]


def test_every_part_stands_in_the_pack_and_the_sign_offs_have_a_page_of_their_own() -> None:
    pages = pages_of(PARTS)
    text = "\n".join(pages).replace("\n", " ")
    for words in ("Adjustments and late work", "an activity it rested on was removed", "Together −£12.00", "Evidence index",
                  "payslip that came", "30 Apr 2020", "seen, not kept", "the person", "No proof is kept here for lines 1, 4."):
        assert words in text
    assert "The coaches' sign-offs" in pages[-1] and "Priya Nair" in pages[-1] and "Signature" in pages[-1] and "ab" * 32 in pages[-1]
    assert "cd" * 32 in pages[-1] and "The coaches' sign-offs" not in pages[0]


def test_a_long_index_goes_over_pages_with_its_heading_and_hostile_words_stay_words() -> None:
    many = tuple(replace(PROOF, number=at, about="=HYPERLINK(\"x\")\u202e\x00 <b>") for at in range(1, 120))
    pages = pages_of(replace(PARTS, evidence=many))
    assert len(pages) > 4
    assert any("Evidence index, continued" in page for page in pages[1:])
    assert "=HYPERLINK" in "".join(pages)


def test_before_it_is_sent_the_pack_says_that_it_is_no_receipt() -> None:
    empty = Parts((), (), (), ())
    text = " ".join(pages_of(empty))
    assert "This is not a receipt" in text and "Every line is this month's own work." in text and "No coach served this lot" in text
