"""A confirmed text with debugpy in it: the same program, stopping where its exception ends it.

Only the text is changed, and a person confirms it like any other. debugpy is started by its path
inside Propel's package, so nothing is installed where the run trains, and no variable is set:
https://github.com/microsoft/debugpy/wiki/Command-Line-Reference
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection
from dataclasses import dataclass

from propel_helper.facts.problem import Problem
from propel_helper.facts.shell import Word
from propel_helper.interpreter import StartedProgram, is_python, started_programs

_SHELLS = frozenset({"bash", "sh", "dash", "zsh", "ksh", "source", "."})
_LOOPS = frozenset({"for", "while", "until", "select", "function", "case"})
# What ``python -m`` starts for a launcher, where the launcher's own file can't be looked up.
_MODULES = {
    "torchrun": "torch.distributed.run",
    "accelerate": "accelerate.commands.accelerate_cli",
    "deepspeed": "deepspeed.launcher.runner",
}
_INSTEAD = (
    "Start the Python command in it as a run of its own and debug that, or start the run again "
    'and use "Propel: Attach Debugger to Run" while it runs.'
)


@dataclass(frozen=True)
class ConsoleScript:
    """A program that is a Python file.

    Attributes:
        python: shell text of its interpreter, with options.
        path: absolute path of the file.
    """

    python: str
    path: str


Lookup = Callable[[str], "ConsoleScript | None"]
"""The Python file behind a program's word, None when it is something else."""


@dataclass(frozen=True)
class Debuggee:
    """How the program reaches the debugger: debugpy's absolute folder, and where one listens."""

    debugpy: str
    host: str
    port: int

    @property
    def words(self) -> str:
        """What stands before the program's own file, ``-m`` or ``-c``."""
        return f"{shlex.quote(self.debugpy)} --connect {self.host}:{self.port} --wait-for-client"


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    new: str
    target: str
    """The file or module that is started."""


def under_debugger(
    text: str, debuggee: Debuggee, lookup: Lookup, crashed_in: Collection[str] = ()
) -> str:
    """``text`` with its training program under debugpy.

    ``crashed_in`` holds names of files (without folders) of the crash's stack: of several Python
    programs it tells the one that crashed, else the last is taken.

    Raises:
        Problem: no program of the text can be started so, and why.
    """
    programs = started_programs(text)
    looped = next((one for one in programs if one.words[0].value in _LOOPS), None)
    if looped is not None:
        raise Problem(
            f"The command runs programs in a loop or a function (`{looped.words[0].value}`), and "
            "the debugger waits for one program only.",
            _INSTEAD,
        )
    found: list[_Change] = []
    refused: list[Problem] = []
    for program in programs:
        try:
            change = _change(text, program, debuggee, lookup)
        except Problem as problem:
            refused.append(problem)
        else:
            found += [change] if change is not None else []
    if not found:
        raise refused[-1] if refused else _unknown(programs)
    crashed = [one for one in found if one.target.rpartition("/")[2] in crashed_in]
    chosen = (crashed or found)[-1]
    return text[: chosen.start] + chosen.new + text[chosen.end :]


def _unknown(programs: tuple[StartedProgram, ...]) -> Problem:
    named = [one for one in programs if one.words[0].value not in {"cd", "export", "set"}]
    script = next((one for one in named if one.word.value in _SHELLS), None)
    if script is None:
        script = next((one for one in named if one.word.value.endswith((".sh", ".bash"))), None)
    if script is not None:
        started = " ".join(word.value for word in script.words[script.at : script.at + 2])
        return Problem(
            f"`{started}` runs a shell script, and Propel changes no file to debug it.", _INSTEAD
        )
    name = named[-1].word.value if named else ""
    return Problem(f"It can't be told which Python file `{name}` starts.", _INSTEAD)


def _change(
    text: str, program: StartedProgram, debuggee: Debuggee, lookup: Lookup
) -> _Change | None:
    word, name = program.word, program.word.value.rpartition("/")[2]
    if is_python(word.value):
        return _behind_options(text, program, debuggee)
    arguments = program.words[program.at + 1 :]
    target = next((one.value for one in arguments if one.value.endswith(".py")), name)
    if program.in_runner:
        module = _MODULES.get(name)
        if module is None:
            return None
        return _Change(word.start, word.end, f"python {debuggee.words} -m {module}", target)
    script = lookup(word.value)
    if script is None:
        return None
    new = f"{script.python} {debuggee.words} {shlex.quote(script.path)}"
    own = script.path if script.path.endswith(".py") else target
    return _Change(word.start, word.end, new, own)


def _behind_options(text: str, program: StartedProgram, debuggee: Debuggee) -> _Change:
    """debugpy between the interpreter's options and the program that it starts.

    https://docs.python.org/3/using/cmdline.html
    """
    words = program.words
    at = program.at + 1
    while at < len(words) and words[at].value.startswith("-"):
        word = words[at]
        if word.value in {"-", "--"}:
            break
        if word.value == "--check-hash-based-pycs":
            at += 2
            continue
        taking = _taking(word.value)
        if taking is None:
            at += 1
        elif word.value[taking] in "mc":
            return _before_module(text, words, at, taking, debuggee)
        else:
            at += 1 if word.value[taking + 1 :] else 2
    if at >= len(words) or words[at].value in {"-", "--"}:
        raise Problem(
            f"`{program.word.value}` reads its program from standard input here, which the "
            "debugger needs no less.",
            "Put the program into a file and launch that.",
        )
    target = words[at].value
    if target.rstrip("/").rpartition("/")[2] == "debugpy":
        raise Problem("The command starts debugpy already.", "Attach your own debugger to it.")
    start = words[at].start
    return _Change(start, start, f"{debuggee.words} ", target)


def _taking(option: str) -> int | None:
    """Place of the first letter of ``-abc`` that takes a value, None without one."""
    return next((place for place, letter in enumerate(option) if letter in "mcWXQ"), None)


def _before_module(
    text: str, words: tuple[Word, ...], at: int, taking: int, debuggee: Debuggee
) -> _Change:
    word = words[at]
    written = text[word.start : word.end]
    joined = word.value[taking + 1 :]
    following = words[at + 1].value if at + 1 < len(words) else ""
    target = joined or following
    if not target or (written != word.value and (joined or taking > 1)):
        raise Problem("It can't be told which module Python starts.", "Write `-m MODULE`.")
    if target == "debugpy":
        raise Problem("The command starts debugpy already.", "Attach your own debugger to it.")
    before = f"{written[:taking]} " if taking > 1 else ""
    after = f" {written[taking + 1 :]}" if joined else ""
    kind = word.value[taking]
    new = f"{before}{debuggee.words} -{kind}{after}"
    name = target.rpartition(".")[2] + ".py" if kind == "m" else ""
    launched = next((one.value for one in words[at + 1 :] if one.value.endswith(".py")), name)
    return _Change(word.start, word.end, new, launched)
