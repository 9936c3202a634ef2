#!/usr/bin/env python3
"""The developer's doors: `python3 dev.py DOOR …`; what stands after the door is handed on.

    demo     the sample programme in a window; without a display its papers and a picture of every screen
    run      CoachDesk itself: alone it opens the window, with a command it is the command line
    test     the tests (a path or -k chooses a few)
    lint     ruff and mypy
    check    lint, then the tests: what a change has to pass
    bench    the measured goals

Standard library only. On first use it makes `.venv` with the versions of constraints.txt, on a bare Debian after fetching the
few system libraries that Qt needs (as root; anyone else is told the one line to run). It does so again when the pins change, when the
tree was moved, or when an earlier attempt was cut short. Works where `python3` is 3.11 to 3.14.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
STAMP = ENV / ".made-for"
OLDEST, TOO_NEW = (3, 11), (3, 15)
ONCE = "COACHDESK_DEV_ONCE"          # set when this program started itself again, so that it never does so twice

FOR_QT = {"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libxkbcommon.so.0": "libxkbcommon0", "libfontconfig.so.1": "libfontconfig1",
          "libdbus-1.so.3": "libdbus-1-3", "libglib-2.0.so.0": "libglib2.0-0"}
FOR_A_SCREEN = {"libxcb-cursor.so.0": "libxcb-cursor0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0", "libxcb-icccm.so.4": "libxcb-icccm4",
                "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-shape.so.0": "libxcb-shape0"}


class Stop(Exception):
    """Something the developer has to do first: the sentence is printed, and the exit code is 3."""


def main(argv: list[str]) -> int:
    """One door. Answers the exit code of what ran; 2 for a door that does not exist, 3 when this computer is not ready."""
    doors = {"demo": demo, "run": run, "test": test, "lint": lint, "check": check, "bench": bench}
    name, rest = (argv[0], argv[1:]) if argv else ("", [])
    if name not in doors:
        print(__doc__, file=sys.stdout if name in ("-h", "--help", "help") else sys.stderr)
        return 0 if name in ("-h", "--help", "help") else 2
    try:
        use_a_fitting_python()
        fetch_system_parts(on_a_screen=name in ("demo", "run"))
        os.environ.pop(ONCE, None)
        prepare()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 3
    return doors[name](rest)


# The doors -----------------------------------------------------------------------------------------------------------

def demo(rest: list[str]) -> int:
    """The sample programme in a window, or its papers and pictures where there is no display."""
    return python("-m", "coachdesk", "demo", *rest)


def run(rest: list[str]) -> int:
    """The program itself, or one of its commands."""
    return python("-m", "coachdesk", *rest)


def test(rest: list[str]) -> int:
    """The tests, offscreen; the whole of them on both cores, a chosen few in one process, where a failure is easiest to read."""
    chosen = any(not word.startswith("-") for word in rest) or bool({"--pdb", "--lf", "--sw"} & set(rest))
    at_once = min(os.cpu_count() or 1, 4)
    spread = [] if chosen or at_once == 1 else ["-n", str(at_once), "--dist", "worksteal"]
    return python("-m", "pytest", *spread, *rest, QT_QPA_PLATFORM="offscreen")


def lint(rest: list[str]) -> int:
    """ruff on everything, mypy --strict on the program and on this file."""
    return max(python("-m", "ruff", "check", "--output-format=concise", *(rest or ["."])), 0 if rest else python("-m", "mypy", "--strict"))


def check(rest: list[str]) -> int:
    """All that a change has to pass: lint, then the tests, whose closing line comes last."""
    untidy = lint([])
    failed = test(rest)
    if untidy:
        print("The tests are above; ruff or mypy had something to say before them.", file=sys.stderr)
    return failed or untidy


def bench(rest: list[str]) -> int:
    """The measured goals, each as a ratio side by side."""
    return python("-m", "tests.bench", *rest)


def python(*words: str, **environment: str) -> int:
    """Runs the environment's own Python at the root of the tree; answers its exit code, 130 when it was interrupted."""
    try:
        return subprocess.run([env_python(), *words], cwd=ROOT, env=os.environ | environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


# Getting ready -------------------------------------------------------------------------------------------------------

def use_a_fitting_python() -> None:
    """Goes on as it is, or starts this program again with a Python that fits and stands outside `.venv`; Stop where there is none."""
    inside = Path(sys.prefix).resolve() == ENV.resolve()
    if OLDEST <= sys.version_info[:2] < TOO_NEW and not inside:
        return
    if ONCE not in os.environ:
        names = [str(getattr(sys, "_base_executable", ""))] if inside else [f"python3.{minor}" for minor in (13, 12, 11, 14)]
        for name in names:
            found = shutil.which(name)
            if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
                start_again(found, "python")
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        raise Stop(f"CoachDesk needs Python 3.11 to 3.14; this is {sys.version.split()[0]}. Install one and run this again with it.")


def start_again(interpreter: str, why: str) -> None:
    """Runs this same command anew, in this process's place; does not come back."""
    os.environ[ONCE] = why
    command = [interpreter, str(ROOT / "dev.py"), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(interpreter, command)


def fetch_system_parts(on_a_screen: bool) -> None:
    """On Linux: the libraries Qt is linked to, and Debian's separate venv part. Root has them installed, others are told how."""
    packages = missing_packages(on_a_screen and bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY"))
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if sys.platform != "linux" or not shutil.which("apt-get"):
        raise Stop(f"Missing from this computer (by their Debian names): {' '.join(packages)}. Install them and run this again.")
    if os.geteuid() != 0 or os.environ.get(ONCE) == "apt":
        raise Stop(f"Missing from this computer. Run this line, then the same command again:\n  sudo {' '.join(command)}")
    print(f"Installing what Qt needs from the system: {' '.join(packages)}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command, "-qq"]):
        done = subprocess.run(step, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            raise Stop(f"{done.stdout.decode(errors='replace')}\n`{' '.join(step)}` did not succeed; nothing else was changed.")
    start_again(sys.executable, "apt")      # a library that was missing when this process looked stays missing in it


def missing_packages(with_screen: bool) -> list[str]:
    """Debian's names of what this computer lacks."""
    import importlib.util

    packages = [] if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv") else ["python3-venv"]
    if sys.platform == "linux":
        import ctypes

        for library, package in (FOR_QT | (FOR_A_SCREEN if with_screen else {})).items():
            try:
                ctypes.CDLL(library)
            except OSError:
                packages.append(package)
    return packages


def prepare() -> None:
    """Makes `.venv`, or brings it to today's pins; does nothing when it is as it should be. Stop when pip could not fetch or build."""
    wanted = made_for()
    sound = env_is_sound()
    if sound and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    import venv

    if sound and STAMP.is_file():
        print("The pins changed: bringing .venv up to date …", flush=True)
    else:
        print("Setting up .venv (once; a minute or two) …", flush=True)
        venv.create(ENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    STAMP.unlink(missing_ok=True)
    install = [env_python(), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", "-c", str(ROOT / "constraints.txt"),
               "-e", f"{ROOT}[dev]"]
    if subprocess.run(install, cwd=ROOT, check=False).returncode:
        raise Stop("The packages could not be installed; pip says why above. Nothing outside .venv was changed. Run this again to retry.")
    STAMP.write_text(wanted, encoding="utf-8")


def made_for() -> str:
    """What `.venv` has to match: the pins, the packaging part of pyproject.toml (not the tools' settings) and where the tree stands."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    parts = [pins, project["build-system"], project["project"], project["tool"]["hatch"], str(ROOT)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def env_is_sound() -> bool:
    """Does the environment's Python start, is it of a kind that fits, and does it find its packages?"""
    script = f"import sys, pip; sys.exit(not {OLDEST} <= sys.version_info[:2] < {TOO_NEW})"
    try:
        return subprocess.run([env_python(), "-c", script], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def env_python() -> str:
    """The environment's interpreter."""
    return str(ENV / "Scripts" / "python.exe" if os.name == "nt" else ENV / "bin" / "python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
