"""Comments in a JSON text, which the language doesn't have (RFC 8259)."""

from __future__ import annotations

import json
import re

from propel_helper.facts.finding import Edit
from propel_helper.rules import call_edits

_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<comment>//[^\n]*|\#[^\n]*|/\*.*?\*/)', re.DOTALL
)


def without_comments(file: str, text: str) -> tuple[Edit, ...]:
    """The edits that take every comment away; none unless the rest is JSON.

    A comment that has its line to itself goes with the line, another one with the blanks before it.
    """
    spans = [_whole(text, *found.span()) for found in _TOKEN.finditer(text) if found["comment"]]
    rest, at = "", 0
    for start, end in spans:
        rest += text[at:start]
        at = end
    try:
        json.loads(rest + text[at:])
    except ValueError:
        return ()
    return tuple(call_edits.between(file, text, start, end, "") for start, end in spans)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the blanks before it, and the whole line where nothing else stands in it."""
    bare = len(text[:start].rstrip(" \t"))
    after = re.compile(r"[ \t]*(?:\r?\n|$)").match(text, end)
    if after is not None and (bare == 0 or text[bare - 1] == "\n"):
        return bare, after.end()
    carriage = text.endswith("\r", 0, end)
    return (bare if after is not None else start), end - carriage
