"""Shell scripts and Slurm batch files (sbatch: https://slurm.schedmd.com/sbatch.html)."""

from __future__ import annotations

import re

from propel_helper.scan.invocation import SHELL_SUFFIXES, How, Invocation
from propel_helper.scan.reading import Mention, Reading, Traits
from propel_helper.scan.shell_text import expanded
from propel_helper.scan.sources import Source
from propel_helper.scan.sources.python_script import quoted
from propel_helper.scan.spoken import Spoken, spoken

_POSITIONAL = re.compile(r"(?<!\\)\$(?:([1-9])\b|\{([1-9])\})")
_NAMED = re.compile(
    r"^[ \t]*(?:export[ \t]+|local[ \t]+)?(\w+)=[\"']?\$\{?([1-9])\}?[\"']?[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
_OWN_FUNCTIONS = re.compile(r"^\s*(?:function\s+)?\w+\s*\(\)|\bshift\b|\bawk\b", re.MULTILINE)
_REMOVES = re.compile(r"^\s*(?:sudo\s+)?rm\s+(?:-\w+\s+)*(.+)$", re.MULTILINE)
_SBATCH = re.compile(r"^#SBATCH\s", re.MULTILINE)
_SUBMITS = re.compile(r"^\s*(?:sbatch|bsub|qsub)\s", re.MULTILINE)
_INSTALLS = re.compile(
    r"^\s*(?:sudo\s+)?(?:pip3?|uv pip|conda|apt|apt-get|uv)\s+(?:install|sync|create|venv)\b",
    re.MULTILINE,
)

_INNER_LIMIT = 40


def _warnings(text: str, commands: tuple[Spoken, ...]) -> tuple[str, ...]:
    found = []
    removed = _REMOVES.search(text)
    if removed:
        found.append(f"deletes files (rm {removed.group(1).split('#')[0].strip()[:60]})")
    if any(one.background for one in commands):
        count = sum(one.background for one in commands)
        found.append(f"starts {count} background job{'s' if count > 1 else ''}")
    if _SUBMITS.search(text):
        found.append("submits cluster jobs")
    if _INSTALLS.search(text):
        found.append("installs packages")
    return tuple(found)


def _asked(text: str) -> tuple[str, ...]:
    """A placeholder for each ``$1``, ``$2``, ... that the script uses without a default."""
    used = {int(one or other) for one, other in _POSITIONAL.findall(text)}
    if not used or _OWN_FUNCTIONS.search(text):
        return ()
    names = {int(at): name.lower() for name, at in _NAMED.findall(text)}
    return tuple(f"<{names.get(at, f'argument {at}')}>" for at in range(1, max(used) + 1))


def _read(path: str, text: str) -> Reading:
    commands = spoken(text)
    filled = expanded(text)
    starts = spoken(filled) if filled != text else commands
    batch = bool(_SBATCH.search(text))
    warnings = _warnings(text, commands)
    if batch:
        warnings = ("is a Slurm batch script, submitted with sbatch", *warnings)
    asked = _asked(text)
    found = Traits(
        warnings=warnings,
        starts=tuple(one.starts for one in starts),
        positional=bool(asked),
    )
    starter = "sbatch" if batch else "bash"
    own = Mention(
        " ".join([starter, quoted(path), *asked]),
        Invocation(How.SHELL, path),
        "shell",
        path,
        base="",
    )
    inner = (
        Mention(
            one.text,
            one.starts,
            "inside",
            path,
            one.line,
            one.folders,
            one.comment,
            order=at,
        )
        for at, one in enumerate(commands[:_INNER_LIMIT])
        if one.starts.how is not How.PROGRAM
    )
    return Reading((own, *inner), found)


SOURCE = Source("shell", _read, frozenset(SHELL_SUFFIXES))
