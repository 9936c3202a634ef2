"""Programme's rules: reading a template, finding a lot by what people call it, and the verdict on an address.

Plain Python without a store or a window. Postcode editions are handed in (`LooksUp`; `place.editions.Shelf` fits it).
"""

from __future__ import annotations

from coachdesk.programme.rules.days import Days, check_span
from coachdesk.programme.rules.lots import find_lot, folded, lot_names
from coachdesk.programme.rules.network import USUAL as USUAL_NETWORK
from coachdesk.programme.rules.network import USUAL_TRUST, Network, TrustScale, as_kept, changed, network_from
from coachdesk.programme.rules.otherwise import RESTS_ON_AN_EDITION, WARD_GONE, ByEdition
from coachdesk.programme.rules.pairs import check_pairs, lot_centres
from coachdesk.programme.rules.reading import read_programme
from coachdesk.programme.rules.scales import BUNDLED, Question, ScalePlan, bundled_scale, questions_as_kept, questions_from
from coachdesk.programme.rules.shapes import (
    BY_CONNECTION,
    BY_HAND,
    BY_RESIDENCE,
    LEAD_PROVIDER,
    MEMBER_ROLES,
    NOT_ELIGIBLE,
    SITUATIONS,
    TENURE_ROLES,
    VERDICTS,
    Body,
    EditionLike,
    Inclusion,
    KnowsWards,
    LocatedLike,
    LooksUp,
    LotPlan,
    Member,
    Programme,
    Tenure,
    Verdict,
    WardBook,
    WardPair,
    in_force,
    tenures_on,
)
from coachdesk.programme.rules.term_rows import (
    CAP,
    EVIDENCE,
    FLOOR,
    LATENESS,
    OTHER_KINDS,
    TermsChange,
    compare_terms,
    floor_months,
    key_of,
    term_rows,
    terms_after,
    words_of,
)
from coachdesk.programme.rules.terms_table import read_terms
from coachdesk.programme.rules.terms_text import terms_text
from coachdesk.programme.rules.texts import LONGEST_LINE, LONGEST_NAME, LONGEST_NOTE, line_of, lines_of, name_of, needed_line
from coachdesk.programme.rules.unknown import ONE_WARD, closed_words, not_held
from coachdesk.programme.rules.verdicts import accepted_connection, verdict
from coachdesk.programme.rules.wards import MOST_RESIDENTS, ward_code_of

__all__ = [
    "CAP", "EVIDENCE", "FLOOR", "LATENESS",
    "LONGEST_LINE", "LONGEST_NAME", "LONGEST_NOTE", "MOST_RESIDENTS", "ONE_WARD", "OTHER_KINDS", "TermsChange", "compare_terms", "key_of",
    "floor_months", "term_rows", "terms_after", "terms_text", "words_of", "RESTS_ON_AN_EDITION", "WARD_GONE",
    "BY_CONNECTION", "BY_HAND", "BY_RESIDENCE", "LEAD_PROVIDER", "MEMBER_ROLES", "NOT_ELIGIBLE", "SITUATIONS", "TENURE_ROLES", "VERDICTS",
    "Body", "ByEdition", "Days", "EditionLike", "Inclusion", "KnowsWards", "LocatedLike", "LooksUp", "LotPlan", "Member",
    "BUNDLED", "Programme", "Question", "ScalePlan", "Tenure", "Verdict", "WardBook", "WardPair",
    "accepted_connection", "bundled_scale", "questions_as_kept", "questions_from",
    "check_pairs", "check_span", "closed_words", "find_lot", "folded", "in_force", "line_of",
    "lines_of", "lot_centres", "lot_names", "name_of", "needed_line", "not_held", "read_programme", "read_terms", "tenures_on", "verdict",
    "ward_code_of", "USUAL_NETWORK", "USUAL_TRUST", "Network", "TrustScale", "as_kept", "changed", "network_from",
]
