"""Shell text that reaches a run's own Python again, also behind a launcher or a script."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Callable

from propel_helper.facts.wording import Wording
from propel_helper.interpreter import run_prefix, simple_commands

# Console scripts that start training with the Python that they were installed beside.
_LAUNCHERS = frozenset({"torchrun", "accelerate", "deepspeed", "lightning", "composer"})
_SCRIPT = Wording(r"\.(?:sh|bash|slurm|sbatch)$")
# What a script says of itself and of its arguments means another thing in the shell that is typed into.
_OWN_FOLDER = Wording(
    r"cd (?:-- )?(?P<q>\"?)(?:\$\(dirname (?:-- )?\"?\$(?:0|\{0\}|\{?BASH_SOURCE(?:\[0\])?\}?)\"?\)|\$\{0%/\*\})(?P=q)"
)
_OF_SCRIPT = Wording(r"\$\{?(?:[0-9@*#]|BASH_SOURCE)")
_SHELL_ITSELF = frozenset({"set", "ulimit", "umask"})
"""Settings of the script's own shell, which the session's is not to get."""


def interpreter(command: str, text: Callable[[str], str | None]) -> str | None:
    """Shell text that can stand before `` -m pip``, or None when the command doesn't tell.

    ``text`` reads a project file: a shell script that the command runs is looked into once.
    """
    found = run_prefix(command)
    if found is not None:
        return found
    through = _as_python(command)
    if through is not None:
        return run_prefix(through)
    for simple in simple_commands(command):
        for word in simple.words:
            script = text(word.value) if _SCRIPT.search(word.value) else None
            if script:
                prefix = run_prefix(script) or run_prefix(_as_python(script) or "")
                return _typed(prefix, posixpath.dirname(word.value)) if prefix else None
    return None


def _typed(prefix: str, folder: str) -> str | None:
    """A script's ``prefix`` as it can be typed outside of the script, which lies in ``folder``."""
    kept: list[str] = []
    for simple in simple_commands(prefix):
        words = simple.words
        text = prefix[words[0].start : words[-1].end] if words else ""
        if not words or words[0].value in _SHELL_ITSELF:
            continue
        if _OWN_FOLDER.fullmatch(text):
            if posixpath.normpath(folder) == ".":
                continue
            text = f"cd {shlex.quote(folder)}"
        elif _OF_SCRIPT.search(text):
            return None
        joint = {"\n": "\n", "&&": " && "}.get(simple.operator, f"{simple.operator} ")
        kept.append(text + joint)
    return "".join(kept).rstrip(" \n")


def _as_python(commands: str) -> str | None:
    """``commands`` with the first launcher's name replaced by ``python``, or None without one."""
    for simple in simple_commands(commands):
        for word in simple.words:
            folder, slash, name = word.value.rpartition("/")
            if name in _LAUNCHERS and commands[word.start : word.end] == word.value:
                return f"{commands[: word.start]}{folder}{slash}python{commands[word.end :]}"
    return None
