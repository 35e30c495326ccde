"""What is told to a person when something can't be done."""

from __future__ import annotations


class Problem(Exception):
    """Something can't be done. Its text names the cause and the next step, in plain words."""

    def __init__(self, cause: str, next_step: str = "") -> None:
        super().__init__(f"{cause} {next_step}".strip())
        self.cause = cause
        self.next_step = next_step
