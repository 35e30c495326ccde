"""Shell text that reaches a run's own Python again, also behind a launcher or a script."""

from __future__ import annotations

from collections.abc import Callable

from propel_helper.facts.wording import Wording
from propel_helper.interpreter import run_prefix, simple_commands

# Console scripts that start training with the Python that they were installed beside.
_LAUNCHERS = frozenset({"torchrun", "accelerate", "deepspeed", "lightning", "composer"})
_SCRIPT = Wording(r"\.(?:sh|bash|slurm|sbatch)$")


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
                return run_prefix(script) or run_prefix(_as_python(script) or "")
    return None


def _as_python(commands: str) -> str | None:
    """``commands`` with the first launcher's name replaced by ``python``, or None without one."""
    for simple in simple_commands(commands):
        for word in simple.words:
            folder, slash, name = word.value.rpartition("/")
            if name in _LAUNCHERS and commands[word.start : word.end] == word.value:
                return f"{commands[: word.start]}{folder}{slash}python{commands[word.end :]}"
    return None
