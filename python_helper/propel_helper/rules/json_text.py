"""What people write in JSON that the language doesn't have (RFC 8259).

Comments, Python's words, a comma too many or too few, a byte order mark, a tab within a text.
"""

from __future__ import annotations

import json
import re

from propel_helper.facts.finding import Edit
from propel_helper.rules import call_edits

_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<comment>//[^\n]*|\#[^\n]*|/\*.*?\*/)', re.DOTALL
)
_PYTHON = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<word>\b(?:True|False|None)\b)|(?P<quoted>'[^'"\\\n]*')"""
)
_TRAILING = re.compile(r'(?P<text>"(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])')
_PAIR = re.compile(r"[ \t{]*(?P<key>[^\s:{][^:]*?)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*,?[ \t}\r]*$")
_MOST_COMMAS = 20
_WORDS = {"True": "true", "False": "false", "None": "null"}


def in_json_words(file: str, text: str) -> tuple[Edit, ...]:
    """The edits that write Python's ``True``, ``None`` and ``'text'`` as JSON does.

    None unless the text is JSON then.
    """
    found = [match for match in _PYTHON.finditer(text) if not match["text"]]
    spans = [
        (match.start(), match.end(), _WORDS.get(match[0]) or f'"{match[0][1:-1]}"')
        for match in found
    ]
    return _edits(file, text, spans)


def without_comments(file: str, text: str) -> tuple[Edit, ...]:
    """The edits that take every comment away; none unless the rest is JSON.

    A comment that has its line to itself goes with the line, another one with the blanks before it.
    """
    found = [match for match in _TOKEN.finditer(text) if match["comment"]]
    return _edits(file, text, [(*_whole(text, *match.span()), "") for match in found])


def with_commas(file: str, text: str) -> tuple[Edit, ...]:
    """The edits that write a comma at the end of each line that lacks one; none unless the text is JSON then."""
    places: list[int] = []
    made = text
    while len(places) < _MOST_COMMAS:
        try:
            json.loads(made)
        except json.JSONDecodeError as error:
            end = len(made[: error.pos].rstrip())
            if (
                not error.msg.startswith("Expecting ',' delimiter")
                or "\n" not in made[end : error.pos]
            ):
                return ()
            places.append(end - len(places))
            made = f"{made[:end]},{made[end:]}"
        else:
            return _edits(file, text, [(at, at, ",") for at in places])
    return ()


def with_quote(file: str, text: str, line: int) -> tuple[Edit, ...]:
    """The edit that writes the one quote that a key or a text of ``line`` (from 1) lacks at an end.

    None unless there is one such place with which the text is JSON.
    """
    rows = text.split("\n")
    found = _PAIR.match(rows[line - 1]) if 0 < line <= len(rows) else None
    if found is None or rows[line - 1].replace('\\"', "").count('"') % 2 == 0:
        return ()
    start = sum(len(row) + 1 for row in rows[: line - 1])
    places = {start + at for at in (*found.span("key"), *found.span("value"))}
    made = [edits for at in sorted(places) if (edits := _edits(file, text, [(at, at, '"')]))]
    return made[0] if len(made) == 1 else ()


def without_trailing_commas(file: str, text: str) -> tuple[Edit, ...]:
    """The edits that take the commas before closing brackets away: the one, or all if the rest is JSON."""
    places = [match.end() - 1 for match in _TRAILING.finditer(text) if not match["text"]]
    if len(places) == 1:
        return (call_edits.between(file, text, places[0], places[0] + 1, ""),)
    return _edits(file, text, [(at, at + 1, "") for at in places])


def without_mark(file: str, text: str) -> tuple[Edit, ...]:
    """The edit that takes a byte order mark away; none unless the rest is JSON."""
    return _edits(file, text, [(0, 1, "")]) if text.startswith("\ufeff") else ()


def with_escaped_tabs(file: str, text: str) -> tuple[Edit, ...]:
    """The edits that write each tab inside a text as its escape; none unless the file is JSON then."""
    places = [
        match.start() + at
        for match in _TOKEN.finditer(text)
        if match["text"]
        for at, char in enumerate(match["text"])
        if char == "\t"
    ]
    return _edits(file, text, [(at, at + 1, "\\t") for at in places])


def _edits(file: str, text: str, changes: list[tuple[int, int, str]]) -> tuple[Edit, ...]:
    """The changes as edits; none unless what they make of the text is JSON."""
    made, at = "", 0
    for start, end, new in changes:
        made += text[at:start] + new
        at = end
    try:
        json.loads(made + text[at:])
    except ValueError:
        return ()
    return tuple(call_edits.between(file, text, start, end, new) for start, end, new in changes)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the blanks before it, and the whole line where nothing else stands in it."""
    bare = len(text[:start].rstrip(" \t"))
    after = re.compile(r"[ \t]*(?:\r?\n|$)").match(text, end)
    if after is not None and (bare == 0 or text[bare - 1] == "\n"):
        return bare, after.end()
    carriage = text.endswith("\r", 0, end)
    return (bare if after is not None else start), end - carriage
