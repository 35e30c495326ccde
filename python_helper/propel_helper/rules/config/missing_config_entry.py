"""missing-config-entry: the code reads an entry that a loaded config does not have.

## What happened
A dictionary that came from a config was asked for a key that is not in it.

## Why it happens
The key is misspelt on one of the two sides, or the config was written for another version of the
code.

## What the fix changes
The key in the config file, when exactly one key there is a slip of it and the code asks for no
such key; the name in the code, when the config has a well-known one (`learning_rate`) and the code a slip
of it; a section of an INI file likewise. Otherwise nothing: a step names the key.

## Fix safety
Ask: the near key may be another setting than the one that was meant.
"""

from __future__ import annotations

from dataclasses import replace

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    config_keys,
    config_sections,
    ini_files,
    own,
    read_settings,
    settings_in_code,
    texts,
)
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

_KEY = Wording(r"^['\"](?P<key>[\w.-]+)['\"]$")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim missing keys of what is plainly a config; any other dictionary is the code's own."""
    found = _KEY.match(crash.message.partition("\n")[0].strip())
    # configparser's sections raise it in Python's own file.
    ini = ini_files.is_raised(crash)
    while ini_files.is_raised(crash):
        crash = replace(crash, frames=crash.frames[:-1])
    frame = own.deepest(crash, surroundings)
    if found is None or frame is None or crash.frames[-1] != frame:
        return None
    key = found["key"]
    section = config_sections.section_of(key, crash, surroundings)
    if section is None and not ini and not _reads_config(frame, key):
        return None
    if ini and not (section and section.path):
        return _section(key, crash, surroundings, proven=section is not None)
    path, keys = _beside(key, section, surroundings)
    step = guide(
        "name-the-entry",
        "Name the entry alike",
        f"{read_settings.beside(path, keys, anywhere=True)}Add {code(key)} to the config that the command "
        "uses, or correct its name on the side that is wrong.",
    )
    fix = read_settings.respelt(path, keys, crash, surroundings, anywhere=True, fix="respell-entry")
    return Explanation(
        f"the missing config entry {code(key)}",
        f"the code reads {code(key)} and the loaded config has no such entry",
        texts.place_of(fix.steps[0]) if fix else None,
        (fix or step,),
    )


def _section(key: str, crash: Crash, surroundings: Surroundings, *, proven: bool) -> Explanation:
    """What configparser lacks; ``proven``: the code asks the parser itself, so for a section."""
    fix = ini_files.respelt_section(key, crash, surroundings) if proven else None
    frame = own.deepest(crash, surroundings)
    if fix is None and not proven and frame is not None:
        path, keys = _beside(key, None, surroundings)
        near = read_settings.respelt(
            path, keys, crash, surroundings, anywhere=True, fix="respell-entry"
        )
        at = texts.place_of(near.steps[0]) if near else None
        fix = near if at and at.file.endswith(".ini") else None
    what = "section" if proven else "section or setting"
    step = guide(
        "name-the-entry",
        "Name the entry alike",
        f"Look at the INI file that the code reads: add the {what} {code(key)}, or correct its name on "
        f"the side that is wrong. Look also whether the file lies where it is read from: {ini_files.EMPTY}.",
    )
    return Explanation(
        f"the missing config entry {code(key)}",
        f"the code reads the {what} {code(key)} of an INI file, and what was read has none of that name",
        texts.place_of(fix.steps[0]) if fix else None,
        (fix or step,),
    )


def _reads_config(frame: Frame, key: str) -> bool:
    """Whether the failing line indexes by that key what is called a config, and nothing else does.

    By a variable too (``cfg[name]``); without the line the name of the file that reads it counts.
    """
    line = frame.code or ""
    if settings_in_code.reads_entry(line, key) or settings_in_code.reads_named_entry(line, key):
        return True
    return settings_in_code.is_settings_file(frame.file) and (not line or "[" in line)


def _beside(
    key: str, section: config_sections.Section | None, surroundings: Surroundings
) -> tuple[str, tuple[config_keys.Key, ...]]:
    """The key's path, as far as it is known, and the keys of the config that it should be in."""
    text = surroundings.text(section.file) if section and section.file else None
    if section and section.file and text is not None:
        keys = config_keys.keys_in(section.file, text)
    else:
        keys = config_keys.all_keys(surroundings)
    return ".".join((*(section.path if section else ()), key)), keys


RULE = Rule("missing-config-entry", Category.CONFIG, ("KeyError",), explain)
