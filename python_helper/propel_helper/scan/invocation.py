"""One simple command -> what it starts: a file, a module, a program, a task, and with what.

Launchers are recognised by the options they put before the script: torchrun and
torch.distributed.run (https://docs.pytorch.org/docs/stable/elastic/run.html), accelerate launch,
deepspeed, Fabric's lightning run, srun and mpirun all take their own options first and the script after them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from propel_helper.scan.shell_text import Simple, simple_commands


class How(str, Enum):
    """What the target of a command is."""

    FILE = "file"
    MODULE = "module"
    SHELL = "shell"
    PROGRAM = "program"
    TASK = "task"


@dataclass(frozen=True)
class Invocation:
    """What one simple command starts.

    Attributes:
        how: what ``target`` is.
        target: path, dotted module, program or task name, unquoted.
        arguments: unquoted words after the target.
        launchers: what stands before it, outermost first, e.g. ``srun``, ``torchrun``.
        tool: the task runner (``make``, ``just``, ...) of a task, else "".
        folder: folder the tool is sent to (``make -C``), else "".
    """

    how: How
    target: str
    arguments: tuple[str, ...] = ()
    launchers: tuple[str, ...] = ()
    tool: str = ""
    folder: str = ""


_ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*\+?=")
_PYTHON = re.compile(
    r"^(?:python|pypy|ipython)(?:\d(?:\.\d+)?)?(?:\.exe)?$|^\$\{?PYTHON\w*\}?$", re.I
)
_PROGRAM = re.compile(r"^[A-Za-z][\w.-]*$")
_WHICH = re.compile(r"^(?:\$\(|`)\s*which\s+([\w.-]+)\s*(?:\)|`)$")

_QUOTED = re.compile(r"\\(.)|['\"]")
_PREFIXES = frozenset(
    "sudo nohup time exec nice setsid stdbuf unbuffer command env then do".split()
)
_RUN_TOOLS = frozenset("uv poetry pdm pixi pipenv rye hatch conda micromamba mamba".split())
_SEEKERS = frozenset(
    "srun mpirun mpiexec horovodrun salloc singularity apptainer docker podman xvfb-run numactl "
    "nsys ncu py-spy kernprof viztracer taskset caffeinate mprof scalene gcloud ray xpk runai "
    "docker-compose jsrun aprun ibrun flux modal sky".split()
)
_LAUNCHERS = frozenset(
    "torchrun accelerate deepspeed composer fabric lightning torchpack colossalai bagua-launch "
    "torch_distributed_launch spawn wandb coverage debugpy".split()
)
_LAUNCH_MODULES = frozenset(
    "torch.distributed.launch torch.distributed.run torch.distributed.elastic.run "
    "torch.utils.bottleneck accelerate.commands.launch deepspeed.launcher.runner "
    "paddle.distributed.launch bagua.distributed.launch cProfile pdb debugpy coverage "
    "trainer.distribute torch_xla.distributed.xla_dist colossalai".split()
)
_TASK_TOOLS = {"make": "make", "gmake": "make", "just": "just", "poe": "poe", "invoke": "invoke",
               "inv": "invoke", "doit": "doit", "task": "task"}  # fmt: skip
_TASK_WORDS = frozenset({("dvc", "repro"), ("mise", "run"), ("mise", "r")})
_SHELLS = frozenset("bash sh zsh dash ksh source .".split())
SHELL_SUFFIXES = (".sh", ".bash", ".zsh", ".slurm", ".sbatch")


def unquoted(word: str) -> str:
    """``word`` without its quotes and backslashes; expansions stay as written."""
    if not _QUOTED.search(word):
        return word
    return _QUOTED.sub(lambda found: found.group(1) or "", word)


def _options_end(words: list[str], valued: str = "") -> int:
    """Index of the first word that is no option; options in ``valued`` take a word."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in valued.split() else 1
    return at


def _seek(words: list[str], launchers: tuple[str, ...]) -> Invocation | None:
    """The target among a launcher's options: a ``.py`` file, ``-m module``, a nested command."""
    for at, word in enumerate(words):
        found = _WHICH.match(word)
        if found:
            return Invocation(How.PROGRAM, found.group(1), tuple(words[at + 1 :]), launchers)
        if word in ("-m", "--module") and at + 1 < len(words):
            module = words[at + 1]
            if re.fullmatch(r"[A-Za-z_][\w.]*", module):
                return Invocation(How.MODULE, module, tuple(words[at + 2 :]), launchers)
        if word.endswith(".py") and not word.startswith("-"):
            return Invocation(How.FILE, word, tuple(words[at + 1 :]), launchers)
    return None


def _nested(words: list[str], launchers: tuple[str, ...]) -> Invocation | None:
    """The first command inside ``words`` that starts something, past a wrapper's own options."""
    for at, word in enumerate(words):
        head = word.rpartition("/")[2]
        shell_file = word.endswith(SHELL_SUFFIXES) and not word.startswith("-")
        if _PYTHON.match(head) or head in _LAUNCHERS or head in _SHELLS or shell_file:
            found = _started(words[at:], launchers)
            if found:
                return found
    return _seek(words, launchers)


def _python(words: list[str], launchers: tuple[str, ...]) -> Invocation | None:
    at = 0
    while at < len(words) and words[at].startswith("-"):
        if words[at] in ("-c", "--version", "-V", "-h", "--help", "-"):
            return None
        if words[at] == "-m" or (len(words[at]) == 3 and words[at].endswith("m")):
            if at + 1 >= len(words):
                return None
            module, rest = words[at + 1], words[at + 2 :]
            if module in _LAUNCH_MODULES or module in _LAUNCHERS:
                return _seek(rest, (*launchers, module))
            return Invocation(How.MODULE, module, tuple(rest), launchers)
        at += 2 if words[at] in ("-W", "-X") else 1
    if at >= len(words) or "://" in words[at]:
        return None
    return Invocation(How.FILE, words[at], tuple(words[at + 1 :]), launchers)


def _shell(words: list[str], launchers: tuple[str, ...]) -> Invocation | None:
    at = 0
    while at < len(words) and words[at].startswith(("-", "+")):
        if words[at].startswith("-") and words[at].endswith("c") and at + 1 < len(words):
            inner = [parse(command) for command in simple_commands(words[at + 1])]
            found = next((one for one in inner if one and one.how is not How.PROGRAM), None)
            return replace(found, launchers=(*launchers, *found.launchers)) if found else None
        at += 1
    if at >= len(words):
        return None
    return Invocation(How.SHELL, words[at], tuple(words[at + 1 :]), launchers)


def _task(tool: str, words: list[str]) -> Invocation | None:
    folder, targets, at = "", [], 0
    while at < len(words):
        if words[at] in ("-C", "-f", "--directory", "--working-directory", "-d"):
            if words[at] != "-f" and at + 1 < len(words):
                folder = words[at + 1]
            at += 2
            continue
        if not words[at].startswith("-") and not _ASSIGNMENT.match(words[at]):
            targets.append(words[at])
        at += 1
    if not targets and tool != "dvc":
        return None
    # Without one DVC makes the whole pipeline.
    target, *more = targets or [""]
    return Invocation(How.TASK, target, tuple(more), (), tool, folder)


def _batch(words: list[str], launchers: tuple[str, ...]) -> Invocation | None:
    for at, word in enumerate(words):
        if not word.startswith("-") and (word.endswith(SHELL_SUFFIXES) or "/" in word):
            return Invocation(How.SHELL, word, tuple(words[at + 1 :]), (*launchers, "sbatch"))
    return _nested(words, (*launchers, "sbatch"))


def _started(words: list[str], launchers: tuple[str, ...]) -> Invocation | None:
    while words and (_ASSIGNMENT.match(words[0]) or words[0] in _PREFIXES):
        words = words[1:]
        if words and launchers == () and words[0].startswith("-"):
            words = words[_options_end(words, "-n -o -e -i") :]
    if not words:
        return None
    head, rest = words[0].rpartition("/")[2], words[1:]
    if head in _RUN_TOOLS and "run" in rest[:4]:
        rest = rest[rest.index("run") + 1 :]
        at = _options_end(rest, "-n -p --name --prefix --with --extra --group --python -e --env")
        if at < len(rest) and rest[at].endswith(".py"):
            return _python(rest[at:], (*launchers, head))
        inner = _started(rest[at:], (*launchers, head))
        if inner and inner.how is How.PROGRAM and head == "pixi":
            return Invocation(How.TASK, inner.target, inner.arguments, launchers, "pixi")
        return inner
    if head == "sbatch":
        return _batch(rest, launchers)
    if head in _SEEKERS:
        return _nested(rest, (*launchers, head))
    if head in _LAUNCHERS:
        return _seek(rest, (*launchers, head))
    if _PYTHON.match(head):
        return _python(rest, launchers)
    if words[0] in _SHELLS or head in ("bash", "sh", "zsh"):
        return _shell(rest, launchers)
    if (head, *rest[:1]) in _TASK_WORDS:
        return _task(head, rest[1:])
    if head in _TASK_TOOLS:
        return _task(_TASK_TOOLS[head], rest)
    if words[0].endswith(SHELL_SUFFIXES):
        return Invocation(How.SHELL, words[0], tuple(rest), launchers)
    if words[0].endswith(".py"):
        return _python(words, launchers) if "/" in words[0] else None
    return _program(words, launchers)


def _program(words: list[str], launchers: tuple[str, ...]) -> Invocation | None:
    """A program, or what it starts in turn when it is handed a launcher."""
    for at, word in enumerate(words[1:4], start=1):
        if word in ("torchrun", "accelerate", "deepspeed"):
            inner = _started(words[at:], (*launchers, words[0]))
            if inner:
                return inner
    found = _WHICH.match(words[0])
    if found or _PROGRAM.match(words[0]):
        name = found.group(1) if found else words[0]
        return Invocation(How.PROGRAM, name, tuple(words[1:]), launchers)
    return None


def parse(command: Simple) -> Invocation | None:
    """What ``command`` starts, or None when that can't be told (or it starts nothing)."""
    return _started([unquoted(word) for word in command.words], ())
