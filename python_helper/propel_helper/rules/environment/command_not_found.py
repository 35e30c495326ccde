"""command-not-found: a program of the launch is not installed, or not on the path.

## What happened
The shell looked for a program and found none of that name.

## Why it happens
The environment that has it is not active in this session, the name is misspelt, or a blank
after a line's last backslash made an option into a command.

## What the fix changes
The program's name in the launch, when it is almost that of one of the programs that start training; in
a script or the launch, `python` for a version of it that is not there, where an environment is active that has all
that the code imports; in a script, the blank after a backslash, and one beside the `=` of an assignment (`LR= 0.1`). Otherwise nothing.

## Fix safety
Ask for a name: it may be another program than the one that was meant. A blank taken away after a
backslash only lets the line go on.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Edit, Explanation, Fix, Place, Safety
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    active_environment,
    project_environments,
    python_in_shell,
    returns,
    slip_proofs,
    texts,
    torn_assignments,
)
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# bash, dash, zsh, srun, mpirun; coreutils and util-linux, whose programs start another one.
_WORDS = Wording(
    r"(?P<a>[^\s:]+): command not found"
    r"|command not found: (?P<b>\S+)"
    r"|^(?:\S*sh: )?(?:\d+: )?(?P<c>[\w./-]+): not found"
    r"|^(?:/usr/bin/)?(?:env|nice|ionice|nohup|chrt|taskset|timeout|setsid|setarch|stdbuf|xargs|time): "
    r"(?:failed to (?:run command|execute) |cannot run )?['‘]?(?P<d>[^'’\n]+?)['’]?: No such file or directory"
    r"|execve\(\): (?P<e>\S+): No such file or directory"
    r"|unable to find the specified executable"
    r"|(?P<f>\S*python[\d.]*): No such file or directory"
    r"|\[Errno 2\] No such file or directory: '(?P<g>[\w.+-]+)'"
)
# conda and the shell's own words have their pages.
_OTHERS = Wording(r"conda|\b(?:source|\[\[|module|ml): (?:command )?not found|\^M|\\r")
_PROGRAMS = (
    "python", "python3", "torchrun", "accelerate", "deepspeed", "bash", "conda", "make", "poetry",
    "nohup", "srun", "mpirun", "horovodrun", "jupyter", "ipython", "lightning", "pip",
)  # fmt: skip
_VERSION = re.compile(r"(?:python|pip|pypy)\d+(?:\.\d+)+")
_PYTHON = re.compile(r"python\d*(?:\.\d+)*")
# libexec/pyenv-exec and pyenv-which.
_PYENV = Wording(r"command exists in these Python versions:\s+(?P<version>[\w.-]+)")
_FOLDERS = ("/usr/bin", "/usr/local/bin")
_MOST = 3
_LINE = Wording(r"^(?P<file>[^\s:]+): (?:line )?(?P<line>\d+): ")
_BLANK = re.compile(r"\\([ \t]+)(?:\r?\n)?$")
# Exit status of a shell that found no such command.
_NOT_FOUND = 127


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if returns.cause(crash, surroundings) is not None:
        return None
    if python_in_shell.script(crash, surroundings) is not None:
        return None
    found = said(crash, _WORDS)
    by_status = crash.kind is CrashKind.EXIT and crash.exit_status == _NOT_FOUND
    if found is None:
        return _explained("", surroundings) if by_status else None
    if crash.kind is CrashKind.EXCEPTION and not _from_subprocess(crash):
        return None
    if _OTHERS.search(found.string):
        return None
    name = next((part for part in found.groups() if part), "")
    fix = None
    torn = torn_assignments.before(crash, surroundings)
    if torn is not None:
        fix = torn.fix
    elif crash.kind is CrashKind.SHELL:
        fix = _continued(found.string, name, surroundings) or _respelt(name, crash, surroundings)
    if fix is None and crash.kind is not CrashKind.EXCEPTION:
        fix = active_environment.for_missing(name, crash, surroundings)
    return _explained(name, surroundings, found, fix)


def _from_subprocess(crash: Crash) -> bool:
    return bool(crash.frames) and "subprocess" in crash.frames[-1].file


def _respelt(name: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """A program of training respelt, where it is written once; ``python3`` where that is all there is."""
    if name == "python" and surroundings.kind("/usr/bin/python3") is PathKind.FILE:
        near: str | None = "python3"
    else:
        # Another version of Python is another environment, never a slip.
        known = name in _PROGRAMS or _VERSION.fullmatch(name) is not None
        near = None if known else slip_proofs.meant_name(name, _PROGRAMS)
    step = texts.replace_once(name, near, crash, surroundings) if near else None
    if near is None or step is None:
        return None
    by = f"writing {code(near)} for {code(name)}"
    return Fix("respell-program", f"Run {near}", by, Safety.ASK, (step,))


def _continued(message: str, option: str, surroundings: Surroundings) -> Fix | None:
    """The script without the blanks behind a backslash that was to continue its line."""
    place = _LINE.search(message)
    text = surroundings.text(place["file"]) if place else None
    rows = lines_of(text) if text else []
    if place is None or not option.startswith("-") or not 1 < int(place["line"]) <= len(rows):
        return None
    edits = []
    for number, row in enumerate(rows, 1):
        blank = _BLANK.search(row)
        if blank is not None:
            start, end = blank.span(1)
            edits.append(Edit(place["file"], number, start, number, end, blank[1], ""))
    if not edits:
        return None
    by = "taking away the blank after the backslash, so that the line goes on"
    return Fix("continue-line", "Take away the blank", by, Safety.SAFE, tuple(edits))


def _explained(
    name: str,
    surroundings: Surroundings,
    found: re.Match[str] | None = None,
    fix: Fix | None = None,
) -> Explanation:
    line = line_of(found) if found else ""
    told = found.string if found else ""
    place = _LINE.match(line)
    known = place is not None and surroundings.text(place["file"]) is not None
    because = "the shell ended with status 127, its sign for a program that it did not find"
    if "/" in name:
        because = f"there is no program {code(name)}"
    elif name and told.startswith("pyenv: "):
        because = (
            f"the {code(name)} on the run's `PATH` is pyenv's, which starts the version that is chosen, and that "
            "one has no such program"
        )
    elif name:
        because = f"the run's `PATH` has no program {code(name)}"
    elif line:
        because = f"no program of that name was found ({code(first_line(line))})"
    return Explanation(
        error="a program that is not there",
        because=because,
        at=Place(place["file"], int(place["line"])) if place and known else None,
        fixes=(
            fix
            or guide("provide-the-program", "Provide the program", _step(name, told, surroundings)),
        ),
    )


def _step(name: str, told: str, surroundings: Surroundings) -> str:
    """What a person can do about a program of that name."""
    if name.startswith("-"):
        return (
            f"{code(name)} is an option that stands alone: join it to the line above, whose last "
            "character must be the backslash."
        )
    pyenv = _PYENV.search(told)
    if pyenv is not None:
        return (
            f"pyenv has it in {code(pyenv['version'])}: put {code('PYENV_VERSION=' + pyenv['version'])} in "
            "front of the command if the run is to use that version, or write another Python in its place."
        )
    if _PYTHON.fullmatch(name):
        there = _pythons(surroundings)
        has = f"There is {' and '.join(map(code, there))}. " if there else ""
        return (
            f"{has}Activate the environment that was made with {code(name)}, or write another Python "
            "in its place, if the code runs with that version."
        )
    return "Activate the environment that has it, install it, or correct its name."


def _pythons(surroundings: Surroundings) -> list[str]:
    """Interpreters where a project and a system usually have them: an environment's alone, if any."""
    for folder in project_environments.FOLDERS:
        if "python" in surroundings.names(f"{folder}/bin"):
            return [f"{folder}/bin/python"]
    names = [name for folder in _FOLDERS for name in surroundings.names(folder)]
    return sorted({name for name in names if _PYTHON.fullmatch(name) and "." in name})[:_MOST]


RULE = Rule(
    "command-not-found", Category.ENVIRONMENT, ("shell", "exit", "FileNotFoundError"), explain
)
