"""Carriage returns: what a script with Windows' line ends does to the words at its lines' ends."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording

_SCRIPT = Wording(r"[\w./~-]+\.(?:sh|bash|slurm|sbatch)\b")
_PROGRAM = Wording(r"(?:^|[\s;&|])(?P<file>[\w.~-]*/[\w./-]+)")
# A name as Python, bash and env print it, with what stands before the sign of the return.
_SHOWN = Wording(r"(?P<name>[^\s'\"‘/=]*)(?:\\r|\^M)['\"’:]")
_SHEBANG = Wording(
    r"env: [‘']\S+\\r['’]|\^M: bad interpreter|cannot execute: required file not found"
)
_OPTION = Wording(r"line \d+: -[\w-]*: command not found")
# argparse prints the return itself, which a log shows as nothing.
_NOTHING = Wording(r"unrecognized arguments:\s*(?:\n|$)")


def cause(crash: Crash, surroundings: Surroundings) -> str | None:
    """The one file of the launch whose Windows' line ends made ``crash``; None where none did."""
    message = crash.message
    if crash.kind is CrashKind.SHELL and _SHEBANG.search(message):
        return _only(
            [
                file
                for file in (*_programs(surroundings), *_scripts(surroundings))
                if re.match(r"#![^\n]*\r\n", surroundings.text(file) or "")
            ],
            message,
        )
    scripts = [file for file in _scripts(surroundings) if "\r\n" in (surroundings.text(file) or "")]
    shown = _SHOWN.search(message)
    if shown is not None:
        ends = re.compile(rf"{re.escape(shown['name'])}[\"']?\r\n")
        return _only([file for file in scripts if ends.search(_text(file, surroundings))], message)
    if _OPTION.search(message) or (crash.kind is CrashKind.USAGE and _NOTHING.search(message)):
        return _only([file for file in scripts if "\\\r\n" in _text(file, surroundings)], message)
    return None


def _text(file: str, surroundings: Surroundings) -> str:
    return surroundings.text(file) or ""


def _only(files: list[str], message: str) -> str | None:
    """The only one, or the only one that the message names."""
    files = list(dict.fromkeys(files))
    if len(files) > 1:
        files = [file for file in files if file in message]
    return files[0] if len(files) == 1 else None


def _scripts(surroundings: Surroundings) -> list[str]:
    """Shell scripts that the command names, and that those name."""
    found: list[str] = []
    wanted = _SCRIPT.findall(surroundings.command or "")
    for depth in (0, 1):
        known = [file for file in wanted if surroundings.kind(file) is PathKind.FILE]
        found += known
        wanted = [
            name
            for file in known
            if not depth
            for name in _SCRIPT.findall(_text(file, surroundings))
        ]
    return found


def _programs(surroundings: Surroundings) -> list[str]:
    """Files that the command starts by their path, whatever language they are in."""
    named = [match["file"] for match in _PROGRAM.finditer(surroundings.command or "")]
    return [file for file in named if surroundings.kind(file) is PathKind.FILE]
