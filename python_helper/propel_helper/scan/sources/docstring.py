"""Usage lines inside Python files: docstrings and comments that show how to start it."""

from __future__ import annotations

import re

from propel_helper.facts.wording import Wording
from propel_helper.scan.invocation import parse
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.shell_text import logical_lines, simple_commands
from propel_helper.scan.sources import Source

_USAGE = Wording(
    r"^[ \t]*(?:#+[ \t]*)?(?:[$>][ \t]*)?`*"
    r"((?:[A-Z_]+=\S+[ \t]+)*(?:uv run[ \t]+)?"
    r"(?:python3?|torchrun|accelerate launch|deepspeed|srun|sbatch)[ \t]+\S.*(?:(?<=\\)\n.*)*)",
    re.MULTILINE,
)


def _read(path: str, text: str) -> Reading:
    found: list[Mention] = []
    if "python " not in text and "torchrun" not in text and "launch" not in text:
        return Reading()
    for usage in _USAGE.finditer(text):
        written = re.sub(r"\\+\n[ \t]*#?[ \t]*", " ", usage.group(1)).rstrip("`\"' ")
        for line in logical_lines(written)[:1]:
            commands = simple_commands(line.text)
            starts = parse(commands[0]) if commands else None
            if starts is not None and not starts.tool:
                at = text.count("\n", 0, usage.start(1)) + 1
                found.append(Mention(line.text, starts, "docstring", path, at, order=len(found)))
    return Reading(tuple(found[:8]))


SOURCE = Source("docstring", _read, frozenset((".py",)))
