"""Edits of a config file whose syntax is wrong at the place where its parser stopped."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Fix, Place, Safety
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import json_text, toml_text, yaml_repairs
from propel_helper.rules.words import code

_YAML = Wording(r'in "(?P<file>[^"]+)", line (?P<line>\d+)')
# PyYAML's scanner names where the key began, and where it missed the colon.
_SIMPLE_KEY_MARKS = 2
_NO_BLANK = re.compile(r"[ ]*(?P<key>[A-Za-z_][\w.-]*):[^\s:/\\#][^:#\n]*(?:#[^\n]*)?$")


def because(fix_id: str, edit: Edit) -> str:
    """What is wrong at the first place that a fix changes, as a rule of the file's language."""
    old = code(edit.old_text)
    if fix_id == "write-toml":
        return f"{old} has no quotes, and a text needs them in TOML"
    if fix_id == "write-toml-truth":
        return f"{old} is Python's word, and TOML has {code(edit.new_text)}"
    return {
        "separate-value": "a key's colon has no blank behind it, and without one YAML sees no key",
        "take-comments-away": "it has a comment, which JSON does not know",
        "write-json": f"{old} is Python's, and JSON has {code(edit.new_text)}",
        "take-comma-away": "a comma stands before a closing bracket, where JSON wants none",
        "take-mark-away": "it begins with a byte order mark, which JSON does not know",
        "escape-tabs": "a text has a tab in it, which JSON writes as `\\t`",
        "complete-number": "TOML wants a digit before a number's dot",
        "write-quote": "a text has a quote at one of its ends alone",
        "indent-line": f"line {edit.line} stands neither under the lines around it nor below one that opens a section",
        "take-tabs-away": "a line begins with a tab, which YAML does not allow",
    }.get(fix_id, "")


def fix(crash: Crash, place: Place, surroundings: Surroundings) -> Fix | None:
    """The one edit, or the few alike, that make the file readable at the place; None in doubt."""
    text = surroundings.text(place.file) or ""
    rows = lines_of(text)
    if not 0 < place.line <= len(rows):
        return None
    edits = _tabs(place, rows) if "'\\t'" in crash.message else ()
    comma = _commas(place, text) if is_json(place) and not edits else ()
    edits = edits or comma
    if not edits:
        return (
            _colon(crash, place, rows)
            or _signs(crash, place, text)
            or _in_json_words(place, text)
            or _uncommented(place, text)
            or _in_toml_words(crash, place, text)
            or _with_quote(crash, place, text)
            or _indented(crash, place, rows)
        )
    if comma:
        several = len(comma) > 1
        what = (
            "the commas before closing brackets"
            if several
            else "the comma before the closing bracket"
        )
        return Fix(
            "take-comma-away", f"Take away {what}", f"taking away {what}", Safety.SAFE, edits
        )
    several = sum(edit.old_text.count("\t") for edit in edits) > 1
    what = "the tabs that lines begin with" if several else "the tab that the line begins with"
    by = f"writing blanks for {what}"
    return Fix("take-tabs-away", f"Write blanks for {what}", by, Safety.SAFE, edits)


def _with_quote(crash: Crash, place: Place, text: str) -> Fix | None:
    """The quote that a key or a text of the line lacks at one end."""
    if is_json(place):
        edits = json_text.with_quote(place.file, text, place.line)
    elif is_toml(crash):
        edits = toml_text.with_quote(place.file, text, place.line)
    else:
        return None
    return write_quote(edits)


def write_quote(edits: tuple[Edit, ...]) -> Fix | None:
    """The fix of a quote that is missing; None without an edit."""
    by = "writing the quote that is missing, with which the file can be read"
    return Fix("write-quote", "Write the missing quote", by, Safety.ASK, edits) if edits else None


def _indented(crash: Crash, place: Place, rows: list[str]) -> Fix | None:
    """One blank more or less before a line of YAML."""
    edit = (
        yaml_repairs.indented(place.file, rows, place.line) if _YAML.search(crash.message) else None
    )
    if edit is None:
        return None
    what = "one blank more" if edit.new_text else "one blank less"
    by = f"writing {what} before line {edit.line}, with which the file can be read"
    return Fix("indent-line", f"Indent the line by {what}", by, Safety.ASK, (edit,))


def _in_toml_words(crash: Crash, place: Place, text: str) -> Fix | None:
    """The file with quotes around the texts that have none, where the parser stopped at one."""
    if not is_toml(crash) or "Invalid value" not in crash.message:
        return None
    edits = toml_text.written(place.file, text, place.line)
    if not edits:
        return None
    more = " and the others alike" if len(edits) > 1 else ""
    by = f"writing {code(edits[0].new_text)} for {code(edits[0].old_text)}{more}"
    name = "write-toml" if edits[0].new_text.startswith('"') else "write-toml-truth"
    return Fix(name, f"Write {edits[0].new_text}", by, Safety.ASK, edits)


def _colon(crash: Crash, place: Place, rows: list[str]) -> Fix | None:
    """The blank that YAML wants behind a key's colon, from where the parser began to read a key."""
    marks = [int(mark["line"]) for mark in _YAML.finditer(crash.message)]
    if "could not find expected ':'" not in crash.message or len(marks) != _SIMPLE_KEY_MARKS:
        return None
    edits = []
    for number in range(marks[0], min(marks[1], len(rows)) + 1):
        key = _NO_BLANK.match(rows[number - 1])
        if key is None:
            break
        column = key.end("key") + 1
        edits.append(Edit(place.file, number, column, number, column, "", " "))
    if not edits:
        return None
    by = "writing the blank that YAML wants behind the colon"
    return Fix("separate-value", "Write a blank behind the colon", by, Safety.ASK, tuple(edits))


def _in_json_words(place: Place, text: str) -> Fix | None:
    """The file with JSON's words for Python's, where the parser stopped at one."""
    edits = json_text.in_json_words(place.file, text) if is_json(place) else ()
    if not any(edit.line == place.line for edit in edits):
        return None
    edits = tuple(sorted(edits, key=lambda edit: (edit.line != place.line, edit.line, edit.column)))
    pairs = dict.fromkeys(f"{code(edit.new_text)} for {code(edit.old_text)}" for edit in edits)
    by = f"writing {', '.join(list(pairs)[:4])}, as JSON has it"
    return Fix("write-json", "Write it as JSON has it", by, Safety.SAFE, edits)


def _uncommented(place: Place, text: str) -> Fix | None:
    """The file without its comments, where one begins at the place and nothing else is wrong."""
    edits = json_text.without_comments(place.file, text) if is_json(place) else ()
    if not any(edit.line <= place.line <= edit.end_line for edit in edits):
        return None
    edits = tuple(sorted(edits, key=lambda edit: (edit.line != place.line, edit.line)))
    what = "the comments" if len(edits) > 1 else "the comment"
    by = f"taking away {what}, which JSON does not know"
    return Fix("take-comments-away", f"Take {what} away", by, Safety.ASK, edits)


def _signs(crash: Crash, place: Place, text: str) -> Fix | None:
    """What is invisible in JSON, and a number that TOML wants whole."""
    if is_json(place) and "Unexpected UTF-8 BOM" in crash.message:
        edits = json_text.without_mark(place.file, text)
        name, title, what = (
            "take-mark-away",
            "Take the byte order mark away",
            "taking away the mark",
        )
    elif is_json(place) and "Invalid control character" in crash.message:
        edits = json_text.with_escaped_tabs(place.file, text)
        name, title, what = (
            "escape-tabs",
            "Write the tab as JSON has it",
            r"writing `\t` for the tab",
        )
    elif is_toml(crash) and "Invalid value" in crash.message:
        edits = toml_text.numbers(place.file, text, place.line)
        name, title, what = (
            "complete-number",
            "Write the number's 0",
            "writing the 0 before the dot",
        )
    else:
        return None
    return Fix(name, title, what, Safety.SAFE, edits) if edits else None


def is_json(place: Place) -> bool:
    """Whether the file is JSON, by its name."""
    return place.file.endswith(".json")


def _tabs(place: Place, rows: list[str]) -> tuple[Edit, ...]:
    """Every tab that a line begins with, as the blanks of other lines; the named line first."""
    edits = []
    used = [len(row) - len(row.lstrip(" ")) for row in rows if row.startswith(" ") and row.strip()]
    blanks = " " * (min(used) if used else 2)
    for number, row in enumerate(rows, 1):
        lead = row[: len(row) - len(row.lstrip(" \t"))]
        if "\t" in lead:
            new = lead.replace("\t", blanks)
            edits.append(Edit(place.file, number, 0, number, len(lead), lead, new))
    if not any(edit.line == place.line for edit in edits):
        return ()
    return tuple(sorted(edits, key=lambda edit: (edit.line != place.line, edit.line)))


def _commas(place: Place, text: str) -> tuple[Edit, ...]:
    """The commas of the file that stand before a closing bracket, if one is near the place."""
    edits = json_text.without_trailing_commas(place.file, text)
    near = sorted(edits, key=lambda edit: (abs(edit.line - place.line), edit.line))
    return tuple(near) if near and abs(near[0].line - place.line) <= 1 else ()


def is_toml(crash: Crash) -> bool:
    """Whether TOML's parser stopped."""
    return "TOML" in (crash.exception or "").upper()
