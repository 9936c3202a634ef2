"""The timeline on a person's page: chosen by keys, printed as it is shown."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt

from tests.ui.accessibility import unnamed
from tests.ui.participants import Mod, Tried, page_on_its_stage, three_people

__all__ = ["page_on_its_stage", "three_people"]
Key = Qt.Key


def test_kind_and_time_are_chosen_by_keys_and_what_is_shown_is_printed(tried: Tried, people: dict[str, UUID]) -> None:
    tried.page.show_person(people["late"])
    tried.shows_person()
    card = tried.page.person.timeline
    everything = card.table.count()
    assert everything > 2
    tried.press(Key.Key_W, Mod.AltModifier)
    tried.write("follow")
    tried.press(Key.Key_Tab)
    assert [card.table.text(at, 1) for at in range(card.table.count())] == ["Follow-up to do"]
    card.when.setFocus()
    tried.write("2020")
    tried.press(Key.Key_Tab)
    assert card.table.count() == 1
    assert unnamed(card) == []
    card.print_button.click()
    tried.settle()
    assert tried.page.printing.preview.page_count() == 1
    tried.press(Key.Key_Escape)
    tried.shows_person()
    assert card.table.count() == 1


def test_an_empty_choice_says_so_and_prints_nothing(tried: Tried, people: dict[str, UUID]) -> None:
    tried.page.show_person(people["late"])
    tried.shows_person()
    card = tried.page.person.timeline
    card.kind.set_value("jobs")
    card.kind.changed.emit()
    assert card.table.count() == 0
    assert not card.print_button.isEnabled()
