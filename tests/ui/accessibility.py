"""Walks what a screen reader sees: `unnamed(widget)` lists every interactive control without a name. For tests of all screens."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

_ROLE = QAccessible.Role
INTERACTIVE = {_ROLE.EditableText, _ROLE.Button, _ROLE.CheckBox, _ROLE.RadioButton, _ROLE.ComboBox, _ROLE.Table, _ROLE.List, _ROLE.Tree,
               _ROLE.SpinBox, _ROLE.Slider, _ROLE.PageTab, _ROLE.Link, _ROLE.MenuItem}
_MOST_CHILDREN = 60


def walk(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Every accessible thing under a widget; of a long list only the first rows."""
    QAccessible.setActive(True)

    def below(at: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
        yield at
        for number in range(min(at.childCount(), _MOST_CHILDREN)):
            child = at.child(number)
            if child is not None and child.isValid():
                yield from below(child)

    yield from below(QAccessible.queryAccessibleInterface(widget))


def unnamed(widget: QWidget) -> list[str]:
    """`role class` of each visible interactive control that a screen reader could not name. Empty is what every screen owes."""
    found = []
    for at in walk(widget):
        if at.role() not in INTERACTIVE or at.state().invisible or at.text(QAccessible.Text.Name).strip():
            continue
        thing = at.object()
        if thing is not None and thing.objectName().startswith("qt_"):
            continue                                    # Qt's own inner pieces, such as the corner button of a table
        if thing is not None and isinstance(thing.parent(), QWidget) and thing.parent().inherits("QComboBox"):
            continue                                    # the box inside an editable combo answers by the combo's name
        found.append(f"{at.role().name} {type(thing).__name__ if thing is not None else '?'}")
    return found


def cut_off(widget: QWidget) -> list[str]:
    """Words of labels and buttons that do not fit where they stand."""
    from PySide6.QtWidgets import QAbstractButton, QLabel

    found = []
    for label in widget.findChildren(QLabel):
        if label.isVisible() and label.text().strip():
            need = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            wide = 0 if label.wordWrap() else label.sizeHint().width()
            if label.height() + 1 < need or label.width() + 1 < wide:
                found.append(label.text())
    for button in widget.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.width() + 1 < button.minimumSizeHint().width():
            found.append(button.text())
    return found


def assert_whole_words(widget: QWidget) -> None:
    """Nothing stays cut off once the layout has come to rest: a busy machine may need more than one turn of the event loop for that."""
    end = QDeadlineTimer(5000)
    while cut_off(widget) and not end.hasExpired():
        QTest.qWait(10)
    assert cut_off(widget) == []
