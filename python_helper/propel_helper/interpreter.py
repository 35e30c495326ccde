"""Pure: what a confirmed shell text says about the Python that it runs.

It runs and expands nothing. What it can't be sure of it answers with None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from propel_helper.facts.shell import SimpleCommand, Word, simple_commands
from propel_helper.facts.wording import Wording

__all__ = [
    "SimpleCommand",
    "StartedProgram",
    "Word",
    "ends_in_background",
    "ends_in_sink",
    "is_python",
    "python_word",
    "run_prefix",
    "simple_commands",
    "started_programs",
]

_SINKS = frozenset(
    {
        "tee",
        "grep",
        "egrep",
        "sed",
        "awk",
        "gawk",
        "ts",
        "cat",
        "head",
        "tail",
        "tr",
        "cut",
        "pv",
        "less",
    }
    | {"logger", "multilog", "rotatelogs", "cronolog", "sponge", "nl", "fold", "col", "uniq"}
)
"""Programs at the end of a pipeline that only pass on or keep what comes through it."""
_PYTHON = Wording(r"(?:.*/)?(?:python|pypy)[0-9.]*")
_ASSIGNMENT = Wording(r"[A-Za-z_]\w*\+?=")
# Variables that an interpreter or pip reads themselves, once a shell has exported them.
_OF_PROGRAMS = Wording(
    r"(?:PATH|HOME|TMPDIR|VIRTUAL_ENV)\+?$|PYTHON|PYENV|CONDA|MAMBA|LD_|PIP_|UV_|POETRY|(?i:https?|all|no)_proxy"
)
# What runs other text in this very shell may read any variable.
_READS_ALL = Wording(r"(?:^|[\s;&])(?:source|\.|eval)\s")

# Programs that run another program in this very environment, with the options that take a value.
_WRAPPERS: dict[str, tuple[str, ...]] = {
    "caffeinate": ("-t", "-w"),
    "chrt": (),
    "command": (),
    "env": ("-u", "-C", "--unset", "--chdir"),
    "exec": ("-a",),
    "ionice": ("-c", "-n", "--class", "--classdata"),
    "nice": ("-n", "--adjustment"),
    "nohup": (),
    "numactl": ("-N", "-m", "-C", "-i", "-p"),
    "setsid": (),
    "stdbuf": ("-i", "-o", "-e"),
    "sudo": ("-u", "-g", "--user", "--group"),
    "taskset": (),
    "time": ("-f", "-o"),
    "timeout": ("-k", "-s", "--kill-after", "--signal"),
    "xvfb-run": ("-s", "-n", "--server-args", "--server-num"),
}
# Those that take a word of their own before the program: a duration, a mask.
_OWN_WORDS = {"timeout": 1, "taskset": 1, "chrt": 1}
# ``PROGRAM run [OPTIONS] python``: the interpreter of an environment that the program knows.
_RUNNERS: dict[str, tuple[str, ...]] = {
    "conda": ("-n", "--name", "-p", "--prefix", "--cwd"),
    "mamba": ("-n", "--name", "-p", "--prefix", "--cwd"),
    "micromamba": ("-n", "--name", "-p", "--prefix", "--cwd"),
    "hatch": (),
    "pdm": ("-p", "--project", "--venv"),
    "pipenv": (),
    "pixi": ("-e", "--environment", "--manifest-path"),
    "poetry": ("-C", "--directory", "-P", "--project"),
    "rye": (),
    "uv": ("--with", "--extra", "--group", "-p", "--python", "--project", "--directory",
           "--env-file", "--package", "--with-requirements", "-m", "--module"),
}  # fmt: skip
# Commands that change which interpreter is found and nothing else of the host.
_SETTINGS = frozenset(
    {"source", ".", "cd", "pushd", "export", "unset", "set", "ulimit", "umask", "module", "ml"}
)
_ACTIVATORS = frozenset({"conda", "mamba", "micromamba", "pyenv"})
_COMPOUND = frozenset(
    {"if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac"}
    | {"{", "}", "function", "select", "[["}
)


def ends_in_background(text: str) -> bool:
    """Whether the last thing that ``text`` does is to put a command in the background (``&``)."""
    commands = simple_commands(text)
    while commands and commands[-1].operator in {"", "\n", ";"} and not commands[-1].words:
        commands = commands[:-1]
    return bool(commands) and commands[-1].operator == "&"


def ends_in_sink(text: str) -> bool:
    """Whether the exit status of ``text`` is only that of a program like ``tee`` at its end.

    What stands before it in the pipeline may have failed all the same, unless ``pipefail`` is set.
    """
    if "pipefail" in text or "PIPESTATUS" in text:
        return False
    commands = simple_commands(text)
    while commands and commands[-1].operator in {"", "\n", ";"} and not commands[-1].words:
        commands = commands[:-1]
    if len(commands) < 2 or commands[-2].operator not in {"|", "|&"} or not commands[-1].words:
        return False
    return commands[-1].words[0].value.rpartition("/")[2] in _SINKS


def python_word(text: str) -> Word | None:
    """The word of the first simple command that names a Python interpreter, or None."""
    for command in simple_commands(text):
        word = _interpreter(command.words)
        if word is not None:
            return word
    return None


def run_prefix(text: str) -> str | None:
    """Shell text such that ``PREFIX + " -m pip list"`` speaks to the very Python of ``text``.

    What chooses the interpreter is kept (assignments that it reads, ``source``, ``cd``, ``conda run``); earlier
    commands that do something else (``mkdir``, a preprocessing script) are left out. None when the
    text names no interpreter (torchrun, a shell script) or one of a loop or a pipe.
    """
    kept: list[str] = []
    for command in simple_commands(text):
        if not command.words:
            if command.operator in {"(", ")"}:
                return None
            continue
        words = command.words
        word = _interpreter(words)
        if word is not None:
            return _without_others(kept, text[words[0].start : word.end])
        if words[0].value in _COMPOUND or command.operator in {"(", ")", ";;"}:
            return None
        if _chooses(words):
            if command.operator not in {"&&", ";", "\n"}:
                return None
            joint = "\n" if command.operator == "\n" else f"{command.operator} "
            joint = " && " if command.operator == "&&" else joint
            kept.append(text[words[0].start : words[-1].end] + joint)
    return None


def _without_others(kept: list[str], last: str) -> str:
    """``kept`` and ``last`` as one text, without the assignments that nothing behind them reads."""
    found = last
    for part in reversed(kept):
        words = simple_commands(part)[0].words
        names = [word.value.partition("=")[0] for word in words if _ASSIGNMENT.match(word.value)]
        plain = len(names) == len(words) and not any(_OF_PROGRAMS.match(name) for name in names)
        used = any(re.search(rf"\b{name.rstrip('+')}\b", found) for name in names)
        if not plain or used or _READS_ALL.search(found):
            found = part + found
    return found


def _chooses(words: tuple[Word, ...]) -> bool:
    values = [word.value for word in words]
    if all(_ASSIGNMENT.match(value) for value in values) or values[0] in _SETTINGS:
        return True
    if values[0] == "eval":
        return any(name in " ".join(values) for name in ("hook", "pyenv", "modulecmd"))
    return values[0] in _ACTIVATORS and values[1:2] in (["activate"], ["shell"])


@dataclass(frozen=True)
class StartedProgram:
    """The program that a simple command starts, behind assignments and wrappers.

    Attributes:
        words: all words of the simple command.
        at: index of the program's word.
        in_runner: whether a program such as ``conda run`` looks for it in another environment.
    """

    words: tuple[Word, ...]
    at: int
    in_runner: bool

    @property
    def word(self) -> Word:
        """The program's word."""
        return self.words[self.at]


def started_programs(text: str) -> tuple[StartedProgram, ...]:
    """What each simple command of ``text`` starts, in order."""
    found = (_started(command.words) for command in simple_commands(text))
    return tuple(one for one in found if one is not None)


def is_python(word: str) -> bool:
    """Whether a word names a Python interpreter."""
    return _PYTHON.fullmatch(word) is not None


def _interpreter(words: tuple[Word, ...]) -> Word | None:
    """The interpreter's word of one simple command, behind assignments and wrappers."""
    found = _started(words)
    return found.word if found is not None and is_python(found.word.value) else None


def _started(words: tuple[Word, ...]) -> StartedProgram | None:
    at, in_runner = 0, False
    while at < len(words):
        value = words[at].value
        name = value.rpartition("/")[2]
        if _ASSIGNMENT.match(value):
            at += 1
        elif name in _WRAPPERS:
            at = _past_options(words, at + 1, _WRAPPERS[name]) + _OWN_WORDS.get(name, 0)
        elif name in _RUNNERS and at + 1 < len(words) and words[at + 1].value == "run":
            at, in_runner = _past_options(words, at + 2, _RUNNERS[name]), True
        else:
            return StartedProgram(words, at, in_runner)
    return None


def _past_options(words: tuple[Word, ...], at: int, with_value: tuple[str, ...]) -> int:
    while at < len(words) and words[at].value.startswith("-"):
        if words[at].value == "--":
            return at + 1
        at += 2 if words[at].value in with_value else 1
    return at
