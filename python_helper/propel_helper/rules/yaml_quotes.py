"""Texts of a YAML file that its parser takes for something else, and their quotes (YAML 1.1).

By the place and the words of the parser alone: PyYAML's and ruamel.yaml's scanner.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Explanation, Fix, Place, Safety
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import call_edits
from propel_helper.rules.words import code

_MARK = Wording(r'in "(?P<file>[^"]+)", line (?P<line>\d+), column (?P<column>\d+)')
_ROW = re.compile(
    r"(?P<lead>[ ]*(?:-[ ]+)*)(?:(?P<key>[\"']?[\w./-]+[\"']?)[ ]*:[ ]+)?(?P<value>\S.*?)[ \t\r]*(?:[ \t]#.*)?$"
)
_COLON = Wording(r"^mapping values are not allowed (?:here|in this context)")
_SIGN = Wording(r"found character '[@`%]' that cannot start any token")
_ESCAPE = Wording(r"found unknown escape character|expected escape sequence of \d+ hexa?decimal")
_MARKED = "\"'[]{}&*!|>%@`#,?"
# Keys whose value is a sentence to people.
_SENTENCE = re.compile(r"(?:\w+_)?(?:notes?|comments?|desc|description|message|summary|caption)")
# What a key of a second setting in the same line would look like.
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_QUOTED = re.compile(r'"(?P<inner>(?:[^"\\]|\\.)*)"(?=[ \t\r]*(?:$|[,\]}]|[ \t]#))')
_KNOWN = frozenset('0abtnvfre "/\\N_LPxuU\t')
_DRIVE = re.compile(r"[A-Za-z]:\\[^\\]")


def explained(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """The finding of a text that lacks its quotes, or has the wrong ones, and the edit that mends it."""
    edit = _quoted(crash, surroundings)
    if edit is None:
        return None
    if edit.old_text.startswith('"'):
        because = (
            f"in double quotes a backslash begins an escape of YAML's, and {code(edit.old_text)} has one "
            "that YAML does not know"
        )
    elif edit.old_text[0] in _MARKED:
        sign = code(edit.old_text[0]) if edit.old_text[0] != "`" else "a backtick"
        because = f"no text of YAML's begins with {sign} without quotes"
    else:
        because = f"the text {code(edit.old_text)} has a colon with a blank behind it, and in YAML that makes a key"
    by = f"writing {code(edit.new_text)}, so that it is read as the text that it is"
    fix = Fix("quote-text", "Write the text in quotes", by, Safety.ASK, (edit,))
    return Explanation(
        "a config file that can't be read", because, Place(edit.file, edit.line), (fix,)
    )


def _quoted(crash: Crash, surroundings: Surroundings) -> Edit | None:
    """The edit that quotes the text at which the parser stopped, if it can be nothing but a text."""
    marks = list(_MARK.finditer(crash.message))
    text = surroundings.text(marks[-1]["file"]) if marks else None
    rows = lines_of(text) if text else []
    if text is None or not 0 < int(marks[-1]["line"]) <= len(rows):
        return None
    file, number, column = marks[-1]["file"], int(marks[-1]["line"]), int(marks[-1]["column"]) - 1
    row = rows[number - 1].rstrip("\r\n")
    if _ESCAPE.search(crash.message):
        return _plain(file, number, row, int(marks[0]["column"]) - 1)
    found = _ROW.match(row)
    if found is None or not _is_whole(found) or _goes_on(rows, number, found):
        return None
    if _SIGN.search(crash.message):
        proven = column == found.start("value")
    else:
        proven = bool(_COLON.search(crash.message)) and _is_sentence(found, column)
    new = _in_quotes(text, found["value"]) if proven else None
    start, end = found.span("value")
    return Edit(file, number, start, number, end, found["value"], new) if new else None


def _is_sentence(row: re.Match[str], colon: int) -> bool:
    """Whether the colon is one inside a sentence, not that of a second setting in the line.

    ``stage 2: warm`` is; ``optim: lr: 0.1`` and ``name: resnet depth: 50`` may be two settings.
    """
    value, key = row["value"], row["key"]
    if not key or value[0] in _MARKED or value.startswith(("- ", "? ")):
        return False
    if not row.start("value") < colon < row.end("value"):
        return False
    words = value[: colon - row.start("value")].split()
    if _SENTENCE.fullmatch(key.strip("\"'").rpartition(".")[2].casefold()):
        return len(words) > 1 or not _NAME.fullmatch(words[0]) or words[0][0].isupper()
    several = len(words) > 1 and any(char.isalpha() for char in words[0])
    return several and not _NAME.fullmatch(words[-1])


def _is_whole(row: re.Match[str]) -> bool:
    """Whether the value is that of a key or an item, outside of brackets."""
    return bool(row["key"] or "-" in row["lead"]) and row["value"][-1] not in ",]}"


def _goes_on(rows: list[str], number: int, row: re.Match[str]) -> bool:
    """Whether the value of line ``number`` may have more lines."""
    column = row.end("lead")
    for below in rows[number:]:
        if below.strip() and not below.lstrip().startswith("#"):
            return len(below) - len(below.lstrip(" ")) > column
    return False


def _in_quotes(text: str, value: str) -> str | None:
    usual = call_edits.quoted(text, "")[0]
    for mark in (usual, "'" if usual == '"' else '"'):
        if mark not in value and not (mark == '"' and "\\" in value):
            return f"{mark}{value}{mark}"
    return None


def _plain(file: str, number: int, row: str, start: int) -> Edit | None:
    """Single quotes, in which a backslash is one, where no other escape is meant."""
    found = _QUOTED.match(row, start)
    if found is None:
        return None
    inner = found["inner"]
    after = [inner[one.end()] for one in re.finditer(r"\\(?=.)", inner)]
    if not _DRIVE.match(inner) and any(sign in _KNOWN for sign in after):
        return None
    if '\\"' in inner or "\\\\" in inner:
        return None
    new = "'{}'".format(inner.replace("'", "''"))
    return Edit(file, number, found.start(), number, found.end(), found[0], new)
