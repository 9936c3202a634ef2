"""The arrows of the house hold, and a broken one would be seen: the contracts of pyproject.toml, on the tree and on a skeleton."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.shape.tree import ROOT, modules

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(config_filename=sys.argv[1], no_cache=True))"
DOORS = ("actions", "queries", "record", "rules")
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LISTS = ("containers", "source_modules", "forbidden_modules", "protected_modules", "allowed_importers")


def contract(beginning: str) -> dict[str, Any]:
    """The contract whose name begins so."""
    return next(entry for entry in CONTRACTS if entry["name"].startswith(beginning))


def floors() -> list[list[str]]:
    """The floors of the house from the roof down, without the parentheses of what is not built yet."""
    return [[name.strip(" ()") for name in layer.split("|")] for layer in contract("the house")["layers"]]


def is_there(root: Path, name: str) -> bool:
    """Is a dotted module (or a pattern, or another's package) in this tree?"""
    if "*" in name or not name.startswith("coachdesk"):
        return True
    place = root.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def config_for(root: Path, folder: Path) -> Path:
    """The contracts as far as this tree is built: a room that has no file yet is left out of the lists and optional among the floors."""
    lines = ["[importlinter]", "root_package = coachdesk", "include_external_packages = True"]
    for number, entry in enumerate(CONTRACTS):
        kept = {key: [name for name in value if is_there(root, name)] if key in LISTS else value for key, value in entry.items()}
        if any(not kept[key] for key in LISTS if key in kept):
            continue
        if "layers" in kept:
            kept["layers"] = [" | ".join(f"({name.strip(' ()')})" for name in layer.split("|")) for layer in kept["layers"]]
        lines.append(f"\n[importlinter:contract:{number}]")
        lines += [f"{key} =" + "".join(f"\n    {item}" for item in value) if isinstance(value, list) else f"{key} = {value}"
                  for key, value in kept.items()]
    config = folder / "arrows.ini"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return config


def lint(root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the tree below root, in a process of its own so that this run's modules are not taken for the tree's."""
    return subprocess.run([sys.executable, "-P", "-c", LINT, str(config_for(root, folder))], cwd=folder, capture_output=True, text=True,
                          encoding="utf-8", check=False,
                          env=os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "COLUMNS": "200"})


def skeleton(root: Path) -> Path:
    """A house of empty rooms with every door, in the shape of HOUSE.md."""
    package = root / "coachdesk"
    names = [name for floor in floors() for name in floor]
    files = {f"{name}.py" for name in ("__main__", "app", "settings", "clock", "errors")} | {"__init__.py"}
    files |= {f"{name}/__init__.py" for name in names if f"{name}.py" not in files}
    files |= {f"{room.removeprefix('coachdesk.')}/{door}.py" for room in contract("inside a room")["containers"] for door in DOORS}
    files |= {f"ui/{part}/__init__.py" for part in ("shell", "cards", "parts", "today", "outreach", "participant")} | {"ui/work.py"}
    for name in files:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text('"""Empty."""\n', encoding="utf-8")
    return package


def test_every_arrow_of_the_house_points_down(tmp_path: Path) -> None:
    answer = lint(ROOT, tmp_path)
    assert answer.returncode == 0, answer.stdout.partition("Contracts\n")[2] + answer.stderr


def test_an_empty_house_of_this_shape_holds(tmp_path: Path) -> None:
    skeleton(tmp_path)
    answer = lint(tmp_path, tmp_path)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


@pytest.mark.parametrize(("module", "line", "contract_broken"), [
    pytest.param("activity/rules.py", "import coachdesk.claim.rules", "the house", id="a room that imports downstream"),
    pytest.param("partner/queries.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from coachdesk.outreach import queries",
                 "the house", id="downstream for the type checker only"),
    pytest.param("store/log.py", "import coachdesk.programme.record", "the house", id="the store that knows a room"),
    pytest.param("cli/list.py", "import coachdesk.ui.work", "the house", id="the command line that looks into the window"),
    pytest.param("utils.py", "", "the house", id="a module without a floor"),
    pytest.param("claim/rules.py", "import coachdesk.claim.queries", "inside a room", id="rules that ask their own queries"),
    pytest.param("claim/sums.py", "", "inside a room", id="a fifth door"),
    pytest.param("ui/outreach/page.py", "import coachdesk.ui.participant", "inside ui", id="a screen that knows another"),
    pytest.param("ui/parts/table.py", "import coachdesk.ui.cards", "inside ui", id="a part that knows a card"),
    pytest.param("documents/style.py", "def preview() -> None:\n    import PySide6.QtPdf", "Qt lives upstairs",
                 id="Qt hidden in a function"),
    pytest.param("ui/today/page.py", "import sqlalchemy", "screens speak to rooms", id="SQL in a screen"),
    pytest.param("ui/parts/form.py", "import coachdesk.participant.queries", "parts know no business", id="a part that knows a room"),
    pytest.param("participant/rules.py", "import sqlalchemy", "rules are plain Python", id="rules that speak SQL"),
    pytest.param("ui/participant/page.py", "from coachdesk.participant.record import __doc__", "records never go upstairs",
                 id="a screen that holds a record"),
    pytest.param("ui/today/page.py", "from coachdesk import store", "who opens the store", id="a screen that opens the store"),
    pytest.param("documents/caseload.py", "import coachdesk.store", "who opens the store", id="paper that opens the store"),
])
def test_a_planted_violation_is_seen(module: str, line: str, contract_broken: str, tmp_path: Path) -> None:
    path = skeleton(tmp_path) / module
    path.write_text(f'"""Planted."""\n{line}\n', encoding="utf-8")
    answer = lint(tmp_path, tmp_path)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert f"{contract(contract_broken)['name']} BROKEN" in " ".join(answer.stdout.split()), answer.stdout


def test_a_cycle_between_rooms_is_seen(tmp_path: Path) -> None:
    package = skeleton(tmp_path)
    (package / "clock.py").write_text('"""Planted."""\nimport coachdesk.errors\n', encoding="utf-8")
    (package / "errors.py").write_text('"""Planted."""\nimport coachdesk.clock\n', encoding="utf-8")
    answer = lint(tmp_path, tmp_path)
    assert f"{contract('no cycles')['name']} BROKEN" in " ".join(answer.stdout.split()), answer.stdout


def test_every_folder_of_the_program_is_a_package() -> None:
    """A folder without `__init__.py` is invisible to the contracts, and so to every test above."""
    folders = {path.parent for path in modules("coachdesk")}
    assert sorted(str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").is_file()) == []


def test_every_room_that_is_built_stands_in_every_list_that_speaks_of_rooms() -> None:
    """A new room takes its place in pyproject.toml on the day it gets its first file."""
    built = {path.relative_to(ROOT).parts[1].removesuffix(".py") for path in modules("coachdesk")} - {"__init__"}
    rooms = built & {"claim", "governance", "commissioning", "activity", "referral", "participant", "outreach", "partner", "programme"}
    expected = {
        "inside a room": ("containers", rooms),
        "Qt lives upstairs only": ("source_modules", built - {"__main__", "app", "ui"}),
        "parts know no business": ("forbidden_modules", rooms | (built & {"casework"})),
        "records never": ("allowed_importers", rooms | (built & {"casework", "exchange", "sync"})),
        "who opens": ("allowed_importers", rooms | (built & {"casework", "exchange", "sync", "demo", "app", "cli"})),
    }
    forgotten = {name: sorted(wanted - {entry.removeprefix("coachdesk.") for entry in contract(name)[key]})
                 for name, (key, wanted) in expected.items()}
    assert {name: rooms for name, rooms in forgotten.items() if rooms} == {}
