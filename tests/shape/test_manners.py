"""Time and dice are handed in, labels are plain text, SQL is never glued together, and nothing names this machine."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.shape.tree import ROOT, dotted, files, modules, named, text_files, tree

KEEPERS_OF_TIME = {"coachdesk/clock.py", "coachdesk/app.py"}
WALL_CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime",
               "QDateTime.currentDateTime", "QDateTime.currentDateTimeUtc", "QDate.currentDate", "QTime.currentTime"}
RUNS_SQL = {"execute", "executemany", "executescript", "exec_driver_sql", "text"}
SQL_IS_SAFE_BECAUSE = "# sql:"


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file with the dotted name of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def reads_the_wall_clock(called: str) -> bool:
    """`datetime.now`, also as `dt.datetime.now`."""
    return ".".join(called.split(".")[-2:]) in WALL_CLOCKS


def throws_own_dice(node: ast.Call, called: str) -> bool:
    """The module's shared dice, or dice without a seed; `random.Random(seed)` is handed in by someone."""
    if called in ("Random", "random.Random"):
        return not node.args
    return called.startswith("random.") or called in ("random.SystemRandom", "SystemRandom")


def is_glued(node: ast.expr) -> bool:
    """Text put together from parts that are not all literal: f-string, +, %, .format or join."""
    match node:
        case ast.JoinedStr():
            return any(isinstance(part, ast.FormattedValue) for part in node.values)
        case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
            return not (isinstance(left, ast.Constant) and isinstance(right, ast.Constant))
        case ast.Call(func=ast.Attribute(attr="format", value=ast.Constant() | ast.JoinedStr())):
            return True
    return False


def glued_sql(path: Path) -> list[str]:
    """Places where glued text is run as SQL without a `# sql: reason` (identifiers of our own, never values) on one of its lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    for node, _ in calls(path):
        runs = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if runs in RUNS_SQL and node.args and is_glued(node.args[0]):
            spoken = "\n".join(lines[node.lineno - 1:node.end_lineno])
            if SQL_IS_SAFE_BECAUSE not in spoken:
                found.append(f"{named(path) if path.is_relative_to(ROOT) else path.name}:{node.lineno}")
    return found


def test_time_comes_from_the_clock_that_was_handed_in() -> None:
    peeks = [f"{named(path)}:{node.lineno} {called}" for path in modules("coachdesk") if named(path) not in KEEPERS_OF_TIME
             for node, called in calls(path) if reads_the_wall_clock(called)]
    assert not peeks, "\n".join(["", *peeks])


def test_dice_are_handed_in() -> None:
    throws = [f"{named(path)}:{node.lineno} {called}" for path in modules("coachdesk") if named(path) not in KEEPERS_OF_TIME
              for node, called in calls(path) if throws_own_dice(node, called)]
    assert not throws, "\n".join(["", *throws])


def test_labels_outside_parts_are_plain_labels() -> None:
    """A bare QLabel draws rich text: a name with markup in it could draw a picture or a link."""
    bare = [f"{named(path)}:{node.lineno}" for path in modules("coachdesk") if not named(path).startswith("coachdesk/ui/parts/")
            for node, called in calls(path) if called.split(".")[-1] == "QLabel"]
    assert not bare, "\n".join(["", *bare])


def test_sql_is_never_glued_together_from_values() -> None:
    """Where a table's or column's own name has to stand in the text, the line says so: `# sql: identifiers from the models`."""
    glued = [place for path in modules("coachdesk", "migrations") for place in glued_sql(path)]
    assert not glued, "\n".join(["", *glued])


def test_glued_sql_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "sample.py"
    module.write_text('c.execute(f"select {x}")\nc.execute("select " + x)\nc.execute("select %s" % x)\ntext("a {}".format(x))\n'
                      'c.execute("select ?", (x,))\nc.execute(f"pragma {name}")  # sql: our own pragma\n', encoding="utf-8")
    assert glued_sql(module) == [f"sample.py:{line}" for line in (1, 2, 3, 4)]


def test_rules_import_only_plain_python_errors_clock_and_upstream_rules() -> None:
    strays = []
    for path in modules("coachdesk"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if len(parts) < 3 or parts[2] != "rules":
            continue
        for node in ast.walk(tree(path)):
            wanted = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                wanted = ["." if node.level else f"{node.module}.{a.name}" for a in node.names]
            for name in wanted:
                top, *rest = name.split(".")
                own = top == "coachdesk" and (rest[:1] in (["errors"], ["clock"]) or rest[1:2] == ["rules"])
                if not (own or top in sys.stdlib_module_names or (top == "rapidfuzz" and parts[1] == "participant")):
                    strays.append(f"{named(path)}:{node.lineno} {name}")
    assert not strays, "\n".join(["", *strays])


def test_nothing_names_a_registry_or_a_folder_of_one_machine() -> None:
    hosts = [name + end for name, end in (("pypi", ".org"), ("pythonhosted", ".org"), ("deb.debian", ".org"), ("security.debian", ".org"),
                                          ("registry.npmjs", ".org"), ("pkg", ".dev"), ("artifactory", "."), ("crates", ".io"))]
    folders = ["/" + name + "/" for name in ("work", "root", "tmp", "opt/pypi", "opt/wheels")]
    absolute = [rf"(?<![\w.\-/}}]){re.escape(folder)}" for folder in folders]
    pattern = re.compile("|".join([*map(re.escape, hosts), *absolute, r"(?<![\w/])/home/\w+"]))
    found = [f"{named(path)}:{number} {match[0]}" for path, text in text_files()
             for number, line in enumerate(text.splitlines(), 1) if (match := pattern.search(line))]
    assert not found, "\n".join(["", *found])


def test_no_lock_file_that_names_registries_is_kept() -> None:
    assert [named(path) for path in files() if path.name in ("uv.lock", "pylock.toml", "poetry.lock", "package-lock.json")] == []


def test_every_pin_is_one_name_and_one_version() -> None:
    """constraints.txt is made by `uv pip compile` (see README): no addresses, no hashes, no options."""
    line = re.compile(r"[a-z0-9][a-z0-9.\-]*==[0-9][0-9a-z.]*( ; .+)?")
    strays = [text for text in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
              if text and not text.startswith("#") and not line.fullmatch(text)]
    assert not strays, "\n".join(["", *strays])


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[^A-Za-z0-9.\-_]", text, maxsplit=1)[0].lower().replace("_", "-")
              for text in [*project["dependencies"], *project["optional-dependencies"]["dev"]]}
    pinned = {text.split("==")[0] for text in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    assert wanted - pinned == set()
