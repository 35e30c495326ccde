"""Commands of a document whose quoted text goes on over lines: half of one is no command.

A row is one line, and the lines of such a text are no commands either.
"""

from __future__ import annotations

import re

from propel_helper.facts.wording import Wording
from propel_helper.scan.shell_text import step, without_comment

_BEGINS = re.compile(r"(?<!\S)(?:[\w-]*=)?(?P<quote>['\"])(?=\S|$)")
_FOR_A_SHELL = Wording(
    r"(?:^|\s|/)(?:ba|z|da|k)?sh\s+-\w*c\s|\b(?:ssh|tmux|screen|eval)\s"
    r"|^(?!.*python[\d.]*\s+-\w*c\s).*\s-c\s+['\"]$"
)
"""What is quoted for a shell holds commands."""
_LONGEST = 30
"""Lines in which a quote has to close, or it was a character of prose."""


def _opened(text: str) -> str:
    """The quote that begins a word of ``text`` and is open at its end, "" without one."""
    at = 0
    while at < len(text):
        begins = _BEGINS.match(text, at)
        end = step(text, begins.start("quote") if begins else at)
        if begins and end == begins.end("quote"):
            return begins["quote"]
        at = end
    return ""


def without_open_quotes(text: str) -> str:
    """``text`` with such commands left blank, its lines in their places."""
    if '"' not in text and "'" not in text:
        return text
    lines = text.split("\n")
    begin, whole = 0, ""
    for at, line in enumerate(lines):
        code, _ = without_comment(line.strip())
        whole += f" {code.removesuffix(chr(92))}"
        if code.endswith("\\"):
            continue
        quote = "" if _FOR_A_SHELL.search(whole) else _opened(whole)
        below = lines[at + 1 : at + 1 + _LONGEST] if quote else []
        closing = next((more for more, one in enumerate(below, 1) if one.count(quote) % 2), None)
        if closing:
            lines[begin : at + 1 + closing] = [""] * (at + 1 + closing - begin)
        begin, whole = at + 1, ""
    return "\n".join(lines)
