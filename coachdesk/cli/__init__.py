"""The command line: the same actions as in the window, a stable contract for scripts (HOUSE, The command line).

Exit 0 done; 1 refused; 2 usage; 3 trouble. `--json` prints one document on stdout; sentences go to stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coachdesk.cli.answer import Answer
from coachdesk.errors import Refusal, Trouble

if TYPE_CHECKING:
    from coachdesk.cli.opened import World


def main(argv: Sequence[str], parts: World) -> int:
    """Runs one command line and answers its exit code."""
    from coachdesk.cli import run
    from coachdesk.cli.parser import make_parser

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = make_parser()
    try:
        options = parser.parse_args(list(argv))
    except SystemExit as left:
        nothing = Answer(as_json=False)  # besides the help, or what was wrong with the words: argparse has printed that
        nothing.exit_code = int(left.code or 0)
        return _printed(nothing)
    answer = Answer(as_json=bool(getattr(options, "json", False)))
    try:
        run.command(options, parts, answer)
    except Refusal as refused:
        return answer.say_error(str(refused), 1)
    except Trouble as trouble:
        return answer.say_error(str(trouble), 3)
    except KeyboardInterrupt:
        return answer.say_error("Stopped. Nothing was half-written.", 3)
    except Exception as problem:
        return answer.say_error(_our_fault(problem), 3)
    return _printed(answer)


def _printed(answer: Answer) -> int:
    """Prints the answer to its last letter; the exit code. Who reads only the first lines (`| head`) has what they wanted."""
    try:
        answer.finish()
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
    except OSError as problem:
        _let_go()
        return answer.say_error(f"The answer could not be written: {problem.strerror}. What was asked for is done.", 3)
    return answer.exit_code


def _let_go() -> None:
    """What is still held back for a reader that has gone goes nowhere, so that Python does not try once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _our_fault(problem: Exception) -> str:
    """The sentence for a fault of the program: what kind and where, never what was in its hands (it may be personal)."""
    import traceback
    from pathlib import Path

    own = [frame for frame in traceback.extract_tb(problem.__traceback__) if "coachdesk" in frame.filename]
    file = Path(own[-1].filename) if own else Path()
    where = f" in {own[-1].name}, line {own[-1].lineno} of {file.parent.name}/{file.name}" if own else ""
    return (
        f"CoachDesk itself went wrong ({type(problem).__name__}{where}). Nothing was half-written. "
        "Please report these words; they hold nothing personal."
    )
