"""The source tree as the shape tests read it: which files are the project's own, and their syntax."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {".git", ".venv", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache",
             "demo-out", "build", "dist"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository: what git tracks and what it does not ignore; without git, what is there."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        answer = subprocess.run(["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                cwd=ROOT, capture_output=True, check=True)
        names = [name for name in answer.stdout.decode().split("\0") if name]
        return tuple(sorted(path for path in (ROOT / name for name in names) if path.is_file()))
    found = (path for path in ROOT.rglob("*") if path.is_file() and not _NOT_OURS & set(path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in found if not any(part.endswith(".egg-info") for part in path.parts)))


def named(path: Path) -> str:
    """A file as the tests name it: from the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """The Python files under the given top folders; `""` means those at the root; none given means all."""
    tops = {path: path.relative_to(ROOT).parts for path in files() if path.suffix == ".py"}
    return tuple(path for path, parts in tops.items() if not folders or (parts[0] if len(parts) > 1 else "") in folders)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of one Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file of ours that is text, with its text; packed editions and pictures are passed over."""
    for path in files():
        raw = path.read_bytes()
        if b"\0" in raw[:8192]:
            continue
        try:
            yield path, raw.decode("utf-8")
        except UnicodeDecodeError:
            continue


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a name or attribute, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""
