"""What kind of organisation it likely is, by a word in its name; a feed does not say it."""

from __future__ import annotations

from coachdesk.partner.rules import folded

# The first that fits. Every kind stands in partner.rules.KINDS (a test holds the two together).
_WORDS = (
    ("food bank", ("food bank", "foodbank", "food pantry", "food hub")),
    ("Jobcentre", ("jobcentre", "job centre")),
    ("library", ("library", "libraries")),
    ("debt or advice service", ("citizens advice", "advice", "law centre", "debt", "money")),
    ("GP surgery or health centre", ("surgery", "health centre", "medical centre", "medical practice", "clinic", "nhs")),
    ("college or training provider", ("college", "university", "school", "training", "academy", "adult education", "learning")),
    ("church or other faith group", ("church", "mosque", "masjid", "gurdwara", "temple", "synagogue", "parish", "methodist", "chapel",
                                     "salvation army", "cathedral")),
    ("housing association", ("housing", "homes")),
    ("youth club", ("youth",)),
    ("council", ("council", "borough", "local authority")),
    ("leisure or community centre", ("community centre", "leisure centre", "sports centre", "community hub", "village hall")),
)


def kind_by_name(name: str) -> str:
    """A kind of organisation; `other` where no word tells."""
    called = f" {folded(name)} "
    return next((kind for kind, words in _WORDS if any(f" {word} " in called for word in words)), "other")
