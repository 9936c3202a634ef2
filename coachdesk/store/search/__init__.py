"""Search: one index in the store over what the rooms declare to be found, answered in order at every keystroke.

A room registers a `Source` for a kind of record. `index` keeps the index right in the same transaction as the record; `find` asks it;
`words` says what a typed text means.
"""

from __future__ import annotations

from coachdesk.store.search.finding import FEW, Found, find
from coachdesk.store.search.index import Entry, Leaning, Source, kinds, register
from coachdesk.store.search.words import in_latin, squeezed, words_of

__all__ = ["FEW", "Entry", "Found", "Leaning", "Source", "find", "in_latin", "kinds", "register", "squeezed", "words_of"]
