"""How the project itself says that a script is launched: its README and its shell scripts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules.launch_text import Launch, launches

_DOCUMENT = Wording(r"^README[^/]*\.(?:md|rst|txt)$|^README$", re.IGNORECASE)
_SCRIPTS = (".", "scripts", "bin")
_QUOTED = re.compile(r"`([^`\n]+)`")
_PROMPT = re.compile(r"^\s*(?:[$>%]\s+)?")
_LAUNCHER = re.compile(r"torchrun|torch\.distributed\.|accelerate|deepspeed")
_UNKNOWN = re.compile(r"[$`*?<>\[\]{}]|\.\.\.")
_GIVEN = frozenset({"$@", "$*"})
# What says how many processes, on this machine alone.
_PROCESSES = frozenset({"nproc_per_node", "nproc-per-node"})
_PLAIN = _PROCESSES | {"standalone", "master_port", "master-port"}


@dataclass(frozen=True)
class Documented:
    """A launch of the same script through a launcher.

    Attributes:
        file, line: where it stands.
        written: the launch as it is written.
        launch: its words.
    """

    file: str
    line: int
    written: str
    launch: Launch

    @property
    def where(self) -> str:
        """Its place, for people."""
        return f"{self.file}:{self.line}"

    @property
    def options(self) -> str | None:
        """The launcher's own options, when they are torchrun's for this machine alone; else None."""
        words = self.launch.words
        if self.launch.launcher != "torchrun":
            return None
        own = words[self.launch.program + 1 : self.launch.script]
        if not own or self.launch.program != _first(self.launch):
            return None
        names = [word.value.lstrip("-").partition("=") for word in own if word.value[:1] == "-"]
        if not {name for name, _, _ in names} <= _PLAIN:
            return None
        if not self.processes:
            return None
        text = self.launch.text[own[0].start : own[-1].end]
        return None if _UNKNOWN.search(text) else text

    @property
    def processes(self) -> int:
        """How many processes it starts; 0 where that is no number."""
        option = self.launch.launcher_option("--nproc_per_node")
        value = option.value if option else None
        return int(value) if value and value.isdigit() else 0

    @property
    def arguments(self) -> str | None:
        """What stands behind the script but for ``"$@"``; None where a person has to fill it in."""
        words = self.launch.words
        behind = [word for word in words[self.launch.script + 1 :] if word.value not in _GIVEN]
        text = self.launch.text[behind[0].start : behind[-1].end] if behind else ""
        return None if _UNKNOWN.search(text) else text


def _first(launch: Launch) -> int:
    """Index of the launcher's word where nothing but its Python stands before it."""
    if launch.words[0].value == "torchrun":
        return 0
    python = re.fullmatch(r"python3?", launch.words[0].value) and launch.words[1].value == "-m"
    return 2 if python else -1


def of_script(launch: Launch, surroundings: Surroundings) -> tuple[Documented, ...]:
    """Every other way of launching the same script, each once, the README's first."""
    script = posixpath.normpath(launch.words[launch.script].value)
    found: dict[str, Documented] = {}
    for file in _files(surroundings):
        if file == launch.file:
            continue
        for line, text in _lines(file, surroundings.text(file) or ""):
            for one in launches(text):
                written = one.text[one.words[0].start : one.words[-1].end]
                same = posixpath.normpath(one.words[one.script].value) == script
                if same and one.launcher != "python":
                    found.setdefault(written, Documented(file, line, written, one))
    return tuple(found.values())


def _files(surroundings: Surroundings) -> Iterator[str]:
    yield from (name for name in surroundings.names(".") if _DOCUMENT.search(name))
    for folder in _SCRIPTS:
        for name in surroundings.names(folder):
            if name.endswith((".sh", ".bash")):
                yield name if folder == "." else f"{folder}/{name}"


def _lines(file: str, text: str) -> Iterator[tuple[int, str]]:
    """Lines with a launcher, continued ones as one; of prose what stands in backticks."""
    lines = text.splitlines()
    index = 0
    while index < len(lines):
        start, line = index, lines[index]
        while line.endswith("\\") and index + 1 < len(lines):
            index += 1
            line = f"{line[:-1].rstrip()} {lines[index].strip()}"
        index += 1
        if not _LAUNCHER.search(line):
            continue
        quoted = [] if file.endswith((".sh", ".bash")) else _QUOTED.findall(line)
        for one in quoted or [_PROMPT.sub("", line)]:
            yield start + 1, one
