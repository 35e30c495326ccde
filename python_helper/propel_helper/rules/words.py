"""Words for sentences that people read."""

from __future__ import annotations

LONGEST = 200


def first_line(message: str) -> str:
    """The first line of a message that says something, shortened, without a closing dot."""
    line = next((line.strip() for line in message.split("\n") if line.strip()), "")
    line = line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
    return line[:-1] if line.endswith(".") and not line.endswith("..") else line


def code(text: str) -> str:
    """``text`` in backticks, safe inside a sentence."""
    return f"`{text.replace('`', chr(39))}`"


def is_open_call(line: str | None) -> bool:
    """Whether a stack shows only the first line of a call, none of its arguments."""
    return line is not None and line.rstrip().endswith("(")
