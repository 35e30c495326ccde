"""config-syntax: a config file can't be read, its syntax is wrong.

## What happened
A parser of YAML, JSON or TOML stopped at a place of a file that is not in its language.

## Why it happens
A comma too many, a tab, a colon in an unquoted text, a backslash in a Windows path; or the file is
empty, cut off, or not what its name says.

## What the fix changes
In JSON, a comma before a closing bracket is taken away, one that is missing at a line's end is written, Python's `True`, `None` and `'text'` become
`true`, `null` and `"text"`, or the comments are taken away, where nothing else is wrong; a byte order mark
goes, and a tab within a text becomes its escape. In YAML, tabs at the start of lines become blanks, `lr:0.1` becomes
`lr: 0.1`, and a text gets the quotes that it needs: one with a colon in a sentence, one that begins with `@`,
one with a backslash that double quotes don't know; a line with one blank too many or too few gets its place
where only one makes a file of it. A quote that a key or a text of one line lacks at an end is written, where the file can be
read with it. In TOML, a bare word that can be nothing
but a text gets its quotes, Python's `True` becomes `true`, and `.1` becomes `0.1`. Otherwise nothing: the place is named.

## Fix safety
Safe: what is changed has no meaning in the file's language, or the very same. Ask for comments, which
mean something to people, for a comma or a quote that is missing, for a line's place, for the blank behind a colon, and for quotes.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Edit, Explanation, Fix, Place, Safety
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    families,
    json_text,
    own,
    syntax_fixes,
    texts,
    yaml_quotes,
    yaml_repairs,
)
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# PyYAML's Mark.__str__; json/decoder.py; tomllib; configparser.
_KINDS = (
    "ScannerError",
    "ParserError",
    "ComposerError",
    "ReaderError",
    "ConstructorError",
    "YAMLError",
    "DuplicateKeyError",
    "JSONDecodeError",
    "TOMLDecodeError",
    "TomlDecodeError",
    "MissingSectionHeaderError",
    "ParsingError",
    "DuplicateOptionError",
    "DuplicateSectionError",
)
_YAML = Wording(r'in "(?P<file>[^"]+)", line (?P<line>\d+)(?:, column (?P<column>\d+))?')
_PAIR = 2
_AT_END = Wording(r"found unexpected end of stream|(?:but )?(?:got|found) '<stream end>'")
_DELIMITER = Wording(r"^Expecting ',' delimiter")
_PLACE = Wording(r"line (?P<line>\d+),? column (?P<column>\d+)")
_OPENED = Wording(r"[\"'](?P<file>[^\"']+\.(?:json|toml|ya?ml|cfg|ini))[\"']")
# One record of a data file or of an answer, parsed by itself.
_RECORD = Wording(
    r"\bloads\(\s*(?:l|ln|line|row|rec|record|s|sample|item|entry|example|raw|resp\w*|reply|output\w*"
    r"|answer|completion|generated\w*|msg|message)(?:\.\w+\([^()]*\))*\s*[,)]"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim parsers' errors; a network's answer that is no JSON is not a config."""
    if re.search(r"requests|pandas", crash.exception or "") or _from_network(crash):
        return None
    if families.is_json_of_dataset(crash):
        return None
    if (last := own.deepest(crash, surroundings)) and _RECORD.search(last.code or ""):
        return None
    place = _place(crash, surroundings)
    if (text_there := yaml_quotes.explained(crash, surroundings)) is not None:
        return text_there
    open_at = _left_open(crash, place, surroundings)
    if open_at is not None:
        return open_at
    comma_at = _comma_missing(crash, place, surroundings)
    if comma_at is not None:
        return comma_at
    fix = syntax_fixes.fix(crash, place, surroundings) if place else None
    said = first_line(crash.message)
    first = fix.steps[0] if fix else None
    cause = syntax_fixes.because(fix.id, first) if fix and isinstance(first, Edit) else ""
    return Explanation(
        "a config file that can't be read",
        cause or f"its parser stopped with {code(said)}",
        place,
        (fix or _guide(crash, place),),
    )


def _left_open(crash: Crash, place: Place | None, surroundings: Surroundings) -> Explanation | None:
    """What YAML's parser saw opened and read to the file's end: the fault is not there."""
    marks = list(_YAML.finditer(crash.message))
    if place is None or len(marks) != _PAIR or not _AT_END.search(crash.message):
        return None
    if "quoted scalar" not in crash.message and "a flow " not in crash.message:
        return None
    opened = Place(place.file, int(marks[0]["line"]))
    what = "a quote" if "quoted scalar" in crash.message else "a bracket"
    where = f"line {opened.line} of {surroundings.shown(opened.file)}"
    rows = lines_of(surroundings.text(opened.file) or "")
    edit = yaml_repairs.closed(opened.file, rows, opened.line) if what == "a quote" else None
    step = (edit and syntax_fixes.write_quote((edit,))) or guide(
        "correct-syntax",
        "Correct the file's syntax",
        f"Look at {where}: {what} opens there and is closed nowhere below. Close it, or look above it for one "
        "that lacks its other half.",
    )
    because = f"{what} that opens in {where} is closed nowhere below"
    return Explanation("a config file that can't be read", because, opened, (step,))


def _comma_missing(
    crash: Crash, place: Place | None, surroundings: Surroundings
) -> Explanation | None:
    """A missing comma at a line's end: JSON's parser names what stands behind it, on a later line."""
    found = _PLACE.search(crash.message)
    if (
        place is None
        or found is None
        or not syntax_fixes.is_json(place)
        or not _DELIMITER.search(crash.message)
    ):
        return None
    text = surroundings.text(place.file) or ""
    before = "".join(lines_of(text)[: place.line - 1]).rstrip()
    line = before.count("\n") + 1
    row = (lines_of(text)[place.line - 1 :] or [""])[0]
    if not before or row[: int(found["column"]) - 1].strip():
        return None
    at = Place(place.file, line)
    where = f"line {line} of {surroundings.shown(at.file)}"
    because = f"{where} ends without a comma, and line {place.line} goes on as if it had one"
    edits = json_text.with_commas(place.file, text)
    if edits and edits[0].line == line:
        what = "the comma that is missing" if len(edits) == 1 else "the commas that are missing"
        fix = Fix("write-comma", f"Write {what}", f"writing {what}", Safety.ASK, edits)
    else:
        fix = guide(
            "correct-syntax",
            "Correct the file's syntax",
            f"Look at {where}: a comma or a closing bracket is missing at its end.",
        )
    return Explanation("a config file that can't be read", because, at, (fix,))


def _guide(crash: Crash, place: Place | None) -> Fix:
    said = first_line(" ".join(crash.message.split()))
    where = f"Look at {place.file}, line {place.line}" if place else "Look at the file"
    text = f"{where}: {said}"
    if syntax_fixes.is_toml(crash) and "Invalid value" in crash.message:
        text = (
            f"{where}: what stands behind `=` is no value of TOML's. A text needs quotes, `true` and "
            "`false` are written small, and a number has a digit before its dot."
        )
    if syntax_fixes.is_toml(crash) and "Illegal character '\\n'" in crash.message:
        text = f"{where}: a text begins there whose closing quote is missing."
    if "Invalid control character" in crash.message:
        text = f"{where}: a text begins there whose closing quote is missing, or has a line's end in it."
    return guide("correct-syntax", "Correct the file's syntax", text)


def _from_network(crash: Crash) -> bool:
    return any("/requests/" in frame.file or "/httpx/" in frame.file for frame in crash.frames)


def _place(crash: Crash, surroundings: Surroundings) -> Place | None:
    """Where the parser stopped; JSON and TOML don't name their file, the code may."""
    marks = list(_YAML.finditer(crash.message))
    if marks and surroundings.text(marks[-1]["file"]) is not None:
        return Place(marks[-1]["file"], int(marks[-1]["line"]))
    where = _PLACE.search(crash.message)
    if where is None:
        return None
    named = [
        found["file"] for frame in crash.frames for found in _OPENED.finditer(frame.code or "")
    ]
    command = surroundings.command or ""
    named += re.findall(r"[\w./~-]+\.(?:json|toml)\b", command)
    ends = (".toml",) if syntax_fixes.is_toml(crash) else (".json",)
    if not named:
        named = [file for file in texts.config_files(surroundings) if file.endswith(ends)]
    known = [file for file in dict.fromkeys(named) if surroundings.text(file) is not None]
    return Place(known[0], int(where["line"])) if len(known) == 1 else None


RULE = Rule("config-syntax", Category.CONFIG, _KINDS, explain)
