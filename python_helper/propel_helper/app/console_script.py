"""Programs that are Python files: console scripts, and scripts that name their interpreter."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from propel_helper.app.debug_text import ConsoleScript
from propel_helper.app.python_of import program_of

_OPTIONS = rb"(?:[ \t]+-\w+)*[ \t]*\r?\n"
_NAME = rb"(?:python|pypy)[0-9.]*"
_FIRST_LINE = re.compile(
    rb"#![ \t]*(?P<direct>/\S*"
    + _NAME
    + rb")(?P<options>"
    + _OPTIONS
    + rb")|#![ \t]*/usr/bin/env[ \t]+(?:-S[ \t]+)?(?P<looked_up>"
    + _NAME
    + rb")(?P<more>"
    + _OPTIONS
    + rb")"
)
# How installers write an interpreter whose path has a space, or is too long for a first line:
# https://github.com/pypa/distlib/blob/master/distlib/scripts.py (``_build_shebang``)
_THROUGH_SHELL = re.compile(
    rb"#!/bin/sh\n'''exec' (?P<quote>\"?)(?P<path>/[^\"\n]*?" + _NAME + rb')(?P=quote) "\$0" "\$@"'
)


def console_script(
    word: str, command: str, cwd: str, environ: Mapping[str, str]
) -> ConsoleScript | None:
    """The Python file that ``word`` of ``command`` starts; None when it is something else."""
    found = program_of(word, command, cwd, environ)
    if found is None:
        return None
    try:
        with Path(found).open("rb") as handle:
            head = handle.read(1024)
    except OSError:
        return None
    first = _FIRST_LINE.match(head)
    if first is not None:
        python = first["direct"] or first["looked_up"]
        options = first["options"] or first["more"] or b""
        return ConsoleScript(os.fsdecode(b" ".join([python, *options.split()])), found)
    through = _THROUGH_SHELL.match(head)
    if through is not None:
        return ConsoleScript(shlex.quote(os.fsdecode(through["path"])), found)
    return None
