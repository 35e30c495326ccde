"""The one line of a config that the failing statement took a setting's value from."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import config_keys, config_sections, texts
from propel_helper.rules.launch_settings import Change
from propel_helper.rules.words import code


def change(
    wrong: re.Pattern[str], right: str, crash: Crash, surroundings: Surroundings
) -> Change | None:
    """``right`` for the value that is ``wrong``, where code leads from the crash to that line alone.

    The config is followed through names and calls to the file that it was loaded from.
    """
    for at in reversed(range(len(crash.frames))):
        if not surroundings.is_own(crash.frames[at].file):
            continue
        found = {
            key
            for section in config_sections.sections(at, crash, surroundings)
            for key in _keys(section, surroundings)
            if wrong.fullmatch(key.value.strip("\"'"))
        }
        if found:
            return _edited(found.pop(), right, surroundings) if len(found) == 1 else None
    return None


def _keys(
    section: config_sections.Section, surroundings: Surroundings
) -> tuple[config_keys.Key, ...]:
    """The key of a section; none where it is written twice, or its file is not known."""
    text = surroundings.text(section.file) if section.file and section.path else None
    if text is None or section.file is None:
        return ()
    path = ".".join(section.path)
    found = [key for key in config_keys.keys_in(section.file, text) if key.path == path]
    return tuple(found) if len(found) == 1 else ()


def _edited(key: config_keys.Key, right: str, surroundings: Surroundings) -> Change:
    text = surroundings.text(key.file) or ""
    inside = key.value.strip("\"'")
    start = key.value_start + key.value.index(inside)
    edit = texts.edit_at(key.file, text, start, inside, right)
    return Change(f"setting it to {right} in {code(key.file)}", (edit,))
