"""A command that runs in a container: what ``docker run`` and its like tell of its end.

They pass the container's exit status on: 137 is a SIGKILL in there, of a process that nobody out
here saw. https://docs.docker.com/engine/containers/run/#exit-status
"""

from __future__ import annotations

from dataclasses import dataclass

from propel_helper.facts.shell import simple_commands
from propel_helper.facts.wording import Wording

_ENGINES = frozenset({"docker", "podman", "nerdctl"})
_RUNS = (("run",), ("container", "run"), ("compose", "run"), ("exec",), ("container", "exec"))
# What may stand before the program: assignments, options and a duration of what passes it on.
_BEFORE = Wording(
    r"sudo|exec|command|env|time|timeout|nice|nohup|stdbuf|-\S*|\w+=.*|[0-9.]+[smhd]?"
)


@dataclass(frozen=True)
class ContainerRun:
    """``engine``: the program. ``name``: the container's, None where the text gives it none.

    ``removed``: whether the container goes with its end (``--rm``).
    """

    engine: str
    name: str | None
    removed: bool

    @property
    def who_killed(self) -> str:
        """How a person finds out who sent SIGKILL, one sentence."""
        if self.removed:
            return (
                "`--rm` has taken the container away; `dmesg -T | grep -iE 'oom|killed process'` on its "
                "host still shows whether the kernel did it."
            )
        named = self.name or "NAME"
        where = "" if self.name else f" (`{self.engine} ps -a` tells its name)"
        asked = f"{self.engine} inspect --format '{{{{.State.OOMKilled}}}}' {named}"
        return f"`{asked}`{where} says whether it was for want of memory."


def container_run(text: str) -> ContainerRun | None:
    """The container that the last simple command of ``text`` runs in, or None."""
    commands = [command.words for command in simple_commands(text) if command.words]
    values = [word.value for word in commands[-1]] if commands else []
    at = next((i for i, value in enumerate(values) if not _BEFORE.fullmatch(value)), len(values))
    engine = values[at].rpartition("/")[2] if at < len(values) else ""
    rest = tuple(values[at + 1 :])
    if engine not in _ENGINES or not any(rest[: len(run)] == run for run in _RUNS):
        return None
    return ContainerRun(engine, _option(rest, "--name"), "--rm" in rest)


def _option(words: tuple[str, ...], name: str) -> str | None:
    for index, word in enumerate(words):
        if word == name and index + 1 < len(words):
            return words[index + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None
