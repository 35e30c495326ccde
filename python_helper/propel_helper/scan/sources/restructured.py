"""Commands that reStructuredText documents show (literal blocks and ``code-block``, docutils)."""

from __future__ import annotations

import re

from propel_helper.facts.wording import Wording
from propel_helper.scan.document import Document, tells_news
from propel_helper.scan.reading import Reading
from propel_helper.scan.sources import Source

_UNDERLINE = Wording(r"^([=\-~^\"'`#*+.])\1{2,}\s*$")
_LITERAL = Wording(r"::\s*$|^\s*\.\.\s+(?:code-block|code|sourcecode|prompt)::")
_INLINE = Wording(r"``([^`\n]+)``")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block_end(lines: list[str], at: int, indent: int) -> int:
    """Line after the indented block that begins at ``at``."""
    while at < len(lines) and (not lines[at].strip() or _indent(lines[at]) > indent):
        at += 1
    return at


def _read(path: str, text: str) -> Reading:
    if tells_news(path):
        return Reading()
    document = Document(path)
    lines = text.expandtabs().splitlines()
    levels: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if line.strip() and not _UNDERLINE.match(line) and _UNDERLINE.match(following):
            mark = following[0]
            if mark not in levels:
                levels.append(mark)
            document.heading(levels.index(mark) + 1, line.strip())
            at += 2
            continue
        for found in _INLINE.finditer(line):
            document.inline(found.group(1), at + 1)
        if _LITERAL.search(line):
            end = _block_end(lines, at + 1, _indent(line))
            block = lines[at + 1 : end]
            kept = ["" if re.match(r"\s*:\w+:", one) else one for one in block]
            document.block("\n".join(kept), at + 2)
            at = max(end, at + 1)
            continue
        if line.strip():
            document.sentence(line.strip())
        at += 1
    return Reading(document.mentions)


SOURCE = Source("rst", _read, frozenset((".rst",)))
