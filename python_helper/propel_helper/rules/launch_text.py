"""The text that starts a training run: its launcher, its options and its variables, with places.

The confirmed command is looked at first, then the shell script or the Makefile's recipes that it
runs. Nothing is guessed: where a text has no launch, or more than one, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.shell import Word, simple_commands
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import makefiles

_PYTHON = re.compile(r"(?:.*/)?(?:python|pypy)[0-9.]*")
_NEGATIVE = re.compile(r"-(?:\d+\.?\d*|\.\d+)")
"""What argparse takes for a value, not for an option (``_negative_number_matcher``)."""
_SCRIPT = re.compile(r"[\w./~-]+\.(?:sh|bash|slurm|sbatch)")
_ASSIGNMENT = Wording(r"(?P<name>[A-Za-z_]\w*)=")
_LAUNCHERS = {
    "torchrun": "torchrun",
    "torch.distributed.run": "torchrun",
    "torch.distributed.launch": "launch",
    "accelerate": "accelerate",
    "accelerate.commands.launch": "accelerate",
    "deepspeed": "deepspeed",
    "deepspeed.launcher.runner": "deepspeed",
}
# What ends a line of words for good: the program behind it is not started by this shell.
_ELSEWHERE = frozenset(
    {"echo", "printf", "docker", "podman", "ssh", "kubectl", "pip", "git", "sudo"}
)
_WITHOUT_VALUE = frozenset(
    {
        "--standalone",
        "-m",
        "--module",
        "--no_python",
        "--run_path",
        "--use_env",
        "--virtual_local_rank",
    }
)
"""Options of torchrun that take no value (torch/distributed/run.py), with ``_`` for ``-``."""
_PYTHON_VALUES = frozenset({"-W", "-X", "--check-hash-based-pycs"})


@dataclass(frozen=True)
class Option:
    """An option or a variable as it is written; ``start`` and ``end`` are its value's characters.

    ``value`` has no quotes; it is None for an option that stands alone. ``first`` and ``last`` are
    the characters of all of it; ``joint`` is what stands between its name and its value.
    """

    name: str
    value: str | None
    start: int
    end: int
    first: int
    last: int
    joint: str = " "

    def with_value(self, new: str) -> str:
        """The option as it would be written with ``new``, for people."""
        return f"{self.name}{self.joint}{new}"


@dataclass(frozen=True)
class Launch:
    """The one simple command of ``text`` that starts the training.

    Attributes:
        text: the whole text that it stands in.
        file: the shell script or Makefile that has the text, None for the confirmed command.
        words: its words.
        launcher: ``python``, ``torchrun``, ``launch`` (torch.distributed.launch), ``accelerate``
            or ``deepspeed``.
        program: index of the word that names the interpreter or the launcher.
        script: index of the word that names what is trained (a file, or a module behind ``-m``).
    """

    text: str
    file: str | None
    words: tuple[Word, ...]
    launcher: str
    program: int
    script: int

    def option(self, *names: str) -> Option | None:
        """The option of the program called ``names`` (``-`` and ``_`` alike), given just once."""
        return _one(self._options(names, self.script + 1, len(self.words)))

    def launcher_option(self, *names: str) -> Option | None:
        """The same among the launcher's own options, before the script."""
        return _one(self._options(names, self.program + 1, self.script))

    def variable(self, name: str) -> Option | None:
        """``NAME=value`` in front of the program, or set or exported once above it."""
        before = [word for word in self.words[: self.program] if _names(word, name)]
        if not before:
            before = [
                word
                for command in simple_commands(self.text)
                for word in command.words
                if word.end <= self.words[0].start and _names(word, name)
                if all(_ASSIGNMENT.match(w.value) or w.value == "export" for w in command.words)
            ]
        return self._valued(before[0]) if len(before) == 1 else None

    def _options(self, names: tuple[str, ...], begin: int, end: int) -> Iterator[Option]:
        wanted = {_plain(name) for name in names}
        for index in range(begin, min(end, len(self.words))):
            word = self.words[index]
            if _plain(word.value) in wanted and word.value.startswith("-"):
                after = self.words[index + 1] if index + 1 < end else None
                if after is None or _names_an_option(after.value):
                    yield Option(word.value, None, word.end, word.end, word.start, word.end)
                else:
                    yield Option(
                        word.value, after.value, after.start, after.end, word.start, after.end
                    )
            elif "=" in word.value and _plain(word.value.partition("=")[0]) in wanted:
                found = self._valued(word)
                if found is not None:
                    yield found

    def _valued(self, word: Word) -> Option | None:
        """``name=value`` with the value's place; None when the name itself is quoted."""
        name, _, value = word.value.partition("=")
        raw = self.text[word.start : word.end]
        if not raw.startswith(f"{name}="):
            return None
        start = word.start + len(name) + 1
        return Option(name, value, start, word.end, word.start, word.end, "=")


def _names(word: Word, name: str) -> bool:
    match = _ASSIGNMENT.match(word.value)
    return match is not None and match["name"] == name


def _plain(name: str) -> str:
    """``--batch-size`` and ``train.batch_size`` as the same name: the last part of it."""
    return name.lstrip("+-").replace("-", "_").rpartition(".")[2]


def _one(found: Iterator[Option]) -> Option | None:
    every = list(found)
    return every[0] if len(every) == 1 else None


def launch_of(surroundings: Surroundings, *launchers: str) -> Launch | None:
    """The one launch in the command, else in the script or recipe that it runs; None without one.

    ``launchers``: look only for these.
    """
    command = surroundings.command
    if not command:
        return None
    found = _launches(command, None, launchers)
    if found:
        return found[0] if len(found) == 1 else None
    scripts = [
        word.value
        for simple in simple_commands(command)
        for word in simple.words
        if _SCRIPT.fullmatch(word.value)
    ]
    recipes = None if scripts else makefiles.recipes(surroundings)
    if recipes is not None:
        made = [one for line in recipes.lines for one in _launches(line, recipes.file, launchers)]
        return made[0] if len(made) == 1 else None
    if len(scripts) != 1:
        return None
    text = surroundings.text(scripts[0])
    inside = _launches(text, scripts[0], launchers) if text else []
    return inside[0] if len(inside) == 1 else None


def launches(text: str) -> list[Launch]:
    """Every launch of a text that is no file of the run's, such as a line of a README."""
    return _launches(text, None, ())


def _launches(text: str, file: str | None, wanted: tuple[str, ...]) -> list[Launch]:
    found = []
    for simple in simple_commands(text):
        launch = _launch(text, file, simple.words)
        if launch is not None and (not wanted or launch.launcher in wanted):
            found.append(launch)
    return found


def _launch(text: str, file: str | None, words: tuple[Word, ...]) -> Launch | None:
    for index, word in enumerate(words):
        name = word.value.rpartition("/")[2]
        if name in _ELSEWHERE:
            return None
        if name in _LAUNCHERS:
            return _launched(text, file, words, index, _LAUNCHERS[name])
        if _PYTHON.fullmatch(word.value):
            script = _python_script(words, index + 1)
            if script is None:
                return None
            module = words[script].value
            if words[script - 1].value == "-m" and module in _LAUNCHERS:
                return _launched(text, file, words, script, _LAUNCHERS[module])
            return Launch(text, file, words, "python", index, script)
    return None


def _python_script(words: tuple[Word, ...], at: int) -> int | None:
    """Index of the script, or of the module's name behind ``-m``."""
    while at < len(words):
        value = words[at].value
        if value == "-m":
            return at + 1 if at + 1 < len(words) else None
        if value == "-c" or not value:
            return None
        if not value.startswith("-"):
            return at
        at += 2 if value in _PYTHON_VALUES else 1
    return None


def _launched(
    text: str, file: str | None, words: tuple[Word, ...], program: int, launcher: str
) -> Launch | None:
    at = program + 1
    if launcher == "accelerate" and words[program].value.endswith("accelerate"):
        if at >= len(words) or words[at].value != "launch":
            return None
        program, at = at, at + 1
    known = launcher in {"torchrun", "launch"}
    while at < len(words):
        value = words[at].value
        if not value.startswith("-"):
            if known or value.endswith(".py") or words[at - 1].value in {"-m", "--module"}:
                return Launch(text, file, words, launcher, program, at)
            at += 1
        elif known and "=" not in value and value.replace("-", "_") not in _FLAGS:
            at += 2
        else:
            at += 1
    return None


_FLAGS = frozenset(name.replace("-", "_") for name in _WITHOUT_VALUE)


def _names_an_option(word: str) -> bool:
    return word.startswith("-") and not _NEGATIVE.fullmatch(word)
