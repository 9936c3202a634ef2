"""A file can be read in one sitting, a function on one screen, and each says what it is for."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.shape.tree import ROOT, modules, named, tree

FILE_LINES = 400
FUNCTION_LINES = 60
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "manager"}


def _frozen(path: Path) -> bool:
    """A released migration is a record of the past: it is never rewritten, hence not measured."""
    return named(path).startswith("migrations/versions/")


def test_no_file_is_longer_than_400_lines() -> None:
    sizes = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules() if not _frozen(path)}
    assert {name: size for name, size in sizes.items() if size > FILE_LINES} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {
        f"{named(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules() if not _frozen(path)
        for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: size for name, size in long.items() if size > FUNCTION_LINES} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    nameless = [named(path) for path in modules()
                for part in path.relative_to(ROOT).with_suffix("").parts if NAMES_THAT_SAY_NOTHING & set(re.split(r"_+", part))]
    assert not nameless, "\n".join(["", *nameless])


def test_every_module_says_what_it_is_for() -> None:
    silent = [named(path) for path in modules() if not ast.get_docstring(tree(path))
              and not (named(path).startswith("tests/") and not path.read_text(encoding="utf-8").strip())]
    assert not silent, "\n".join(["", *silent])


def test_every_module_of_the_program_reads_annotations_as_text() -> None:
    """`from __future__ import annotations` keeps Python 3.11 to 3.14 alike and the start fast."""
    without = [named(path) for path in modules("coachdesk") if path.name != "__init__.py"
               and not any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree(path).body)]
    assert not without, "\n".join(["", *without])
