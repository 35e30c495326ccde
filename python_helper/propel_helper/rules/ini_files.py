"""INI files as Python's configparser reads them: sections, and values that it gives as text."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import config_keys, own, slips, texts
from propel_helper.rules.slip_proofs import is_proven
from propel_helper.rules.words import code

_SECTION = re.compile(r"^\[(?P<name>[^\]\n]+)\]", re.MULTILINE)
# It ends a value only where the program asks for that (`inline_comment_prefixes`).
_COMMENTED = re.compile(r"(?P<value>[^;#]*?)[ \t]+(?P<comment>[;#].*)")
# What configparser's BasicInterpolation takes: `%%` and `%(name)s`.
_PERCENT = re.compile(r"%%|%\([^()%]*\)s|(?P<single>%)")
_SINGLE = Wording(r"^'%' must be followed by '%' or '\(', found: '(?P<rest>%.*)'$")
_UNREAD = re.compile(r"\binterpolation\s*=|RawConfigParser|\braw\s*=\s*True")

EMPTY = "a file that is not there is read as an empty one"


def _files(surroundings: Surroundings) -> list[tuple[str, str]]:
    files = texts.config_files(surroundings)
    return [(file, surroundings.text(file) or "") for file in files if file.endswith(".ini")]


def is_raised(crash: Crash) -> bool:
    """Whether configparser itself raised it."""
    return bool(crash.frames) and crash.frames[-1].file.replace("\\", "/").endswith(
        "/configparser.py"
    )


def near_section(name: str, crash: Crash, surroundings: Surroundings) -> tuple[str, Edit] | None:
    """The one section that ``name`` is a slip of, and the edit that gives it that name.

    None where the section is there, or the failing file names the near one too.
    """
    found = [
        (match["name"], file, text, match.start("name"))
        for file, text in _files(surroundings)
        for match in _SECTION.finditer(text)
    ]
    if any(one[0] == name for one in found):
        return None
    near = slips.slip_of(name, dict.fromkeys(one[0] for one in found))
    if near is None or not is_proven(near, name):
        return None
    places = [one for one in found if one[0] == near]
    frame = own.deepest(crash, surroundings)
    read = (surroundings.text(frame.file) or "") if frame else ""
    if len(places) != 1 or re.search(rf"[\"']{re.escape(near)}[\"']", read):
        return None
    _, file, text, start = places[0]
    return near, texts.edit_at(file, text, start, near, name)


def respelt_section(name: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The section's name in the file, as the code reads it."""
    found = near_section(name, crash, surroundings)
    if found is None:
        return None
    near, edit = found
    by = f"writing {code(f'[{name}]')} for {code(f'[{near}]')}, the one section that is almost the same"
    return Fix("respell-section", f"Write [{name}]", by, Safety.ASK, (edit,))


def commented(value: str, surroundings: Surroundings) -> tuple[config_keys.Key, Fix] | None:
    """The one setting whose value, as the log has it, ends in what is meant to be a comment."""
    parts = _COMMENTED.fullmatch(value)
    if parts is None:
        return None
    keys = [
        key
        for file, text in _files(surroundings)
        for key in config_keys.keys_in(file, text)
        if key.value == value
    ]
    if len(keys) != 1:
        return None
    (key,) = keys
    text = surroundings.text(key.file) or ""
    start = text.rfind("\n", 0, key.start) + 1
    old = text[start : key.value_start + len(value)]
    new = f"{parts['comment']}\n{old[: len(old) - len(value)]}{parts['value']}"
    edit = texts.edit_at(key.file, text, start, old, new)
    by = f"writing the comment {code(parts['comment'])} on a line of its own, where it is one"
    return key, Fix("move-comment", "Write the comment above", by, Safety.ASK, (edit,))


def number(path: str, surroundings: Surroundings) -> config_keys.Key | None:
    """The setting of that path, where an INI file has it and it is a number to a person."""
    keys = [
        key
        for file, text in _files(surroundings)
        for key in config_keys.keys_in(file, text)
        if key.path == path and re.fullmatch(r"-?\d*\.?\d+(?:[eE][-+]?\d+)?", key.value)
    ]
    return keys[0] if len(keys) == 1 else None


def doubled(crash: Crash, surroundings: Surroundings) -> tuple[config_keys.Key, Fix] | None:
    """The one setting with a `%` that is meant as a sign, and the fix that writes it as ``%%``.

    None where a second setting fits, where a setting's name stands behind the sign, or where the code also reads settings without that sign's meaning.
    """
    found = _SINGLE.match(crash.message)
    code_read = [
        surroundings.text(one.file) or "" for one in crash.frames if surroundings.is_own(one.file)
    ]
    if found is None or any(_UNREAD.search(text) for text in code_read):
        return None
    keys = [
        (key, text)
        for file, text in _files(surroundings)
        for key in config_keys.keys_in(file, text)
        if key.value.endswith(found["rest"])
        and _first_single(key.value) == len(key.value) - len(found["rest"])
    ]
    if len(keys) != 1:
        return None
    ((key, text),) = keys
    if any(
        re.search(rf"%\{{?{re.escape(one.name)}\b", key.value)
        for one in config_keys.keys_in(key.file, text)
    ):
        return None
    new = _PERCENT.sub(lambda one: "%%" if one["single"] else one[0], key.value)
    edit = texts.edit_at(key.file, text, key.value_start, key.value, new)
    by = f"writing {code(new)} for {code(key.value)}, as INI files have a sign that is meant as itself"
    return key, Fix("double-percent", "Write % as %%", by, Safety.SAFE, (edit,))


def _first_single(value: str) -> int | None:
    return next((one.start() for one in _PERCENT.finditer(value) if one["single"]), None)
