"""Whose fault is it? Refusal: our rule said no. Trouble: the world did. Anything else is a bug of ours."""

from __future__ import annotations


class Spoken(Exception):
    """Something that is said to the coach: one sentence, and what to do next (may be empty)."""

    def __init__(self, sentence: str, next_step: str = "") -> None:
        self.sentence = sentence
        self.next_step = next_step
        super().__init__(f"{sentence} {next_step}".strip())


class Refusal(Spoken):
    """Our rule said no. Nothing was changed. Exit code 1 on the command line."""


class Trouble(Spoken):
    """The world said no: disk full, folder gone, wrong passphrase. Nothing was lost. Exit code 3."""
