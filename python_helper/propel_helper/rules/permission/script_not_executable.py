"""script-not-executable: the shell may not run a script as a program.

## What happened
The launch names a script as a program, and the file is not marked as one.

## Why it happens
The mark gets lost when files are copied, unpacked or checked out on some systems.

## What the fix changes
The file's own mode, by `chmod +x` on that file alone, run once in the run's session. Where the
path can't be told for sure, nothing: a step says what to do. A program of Python is started with
Python, and a file of data is none: the line that names it has lost its beginning.

## Fix safety
Safe: the file's content stays as it is, and only you, its owner, can set the mark.
"""

from __future__ import annotations

import re
import shlex

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, CommandStep, Explanation, Fix, Place, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, programs
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# bash, dash, zsh and env: "SHELL: line N: FILE: Permission denied", exit status 126.
_WORDS = Wording(
    r"^(?:\S+: (?:line )?(?:\d+: )?)?(?P<script>(?:\./|/|\.\./|[\w-]+/)?[\w./-]+): "
    r"(?:Permission denied|cannot execute(?:: Permission denied)?)$"
    r"|permission denied: (?P<zsh>\S+)$",
    re.IGNORECASE,
)
# slurmstepd's task.c; coreutils' nohup, timeout and env. EACCES of execve(2) for a file by its path.
_EXECVE = Wording(
    r"\bexecve\(\): (?P<slurm>\S+): Permission denied$"
    r"|failed to run command ['‘`](?P<quoted>[^'’`\s]{1,300})['’`]: Permission denied$"
)
_PLACE = Wording(r"^(?P<file>\S+\.\w+): (?:line )?(?P<line>\d+): ")
# Programs that say the same of files that they open.
_OPENERS = Wording(r"^(?:cat|cp|mv|rm|ls|mkdir|touch|tee|cd|ln|chmod|tar|find|python[\d.]*): ")
# Exit status of a shell that may not run what it found.
_NOT_EXECUTABLE = 126


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim scripts that the shell may not run."""
    line = crash.message.partition("\n")[0]
    found = _WORDS.search(line)
    if crash.kind is CrashKind.EXIT and crash.exit_status == _NOT_EXECUTABLE:
        return _by_status()
    refused = _EXECVE.search(line)
    if refused is not None:
        script = refused["slurm"] or refused["quoted"]
        return Explanation(
            "a script that is not executable",
            f"the system refused to start {code(script)}, which is not marked as a program",
            fixes=(_chmod(script, surroundings) or _step(script),),
        )
    if crash.kind is not CrashKind.SHELL or found is None or _OPENERS.match(line):
        return None
    script = found["script"] or found["zsh"]
    if programs.kind(script) == "data":
        return _data(script, _PLACE.match(line))
    return Explanation(
        "a script that is not executable",
        f"{code(script)} is not marked as a program",
        fixes=(_chmod(script, surroundings) or _step(script),),
    )


def _step(script: str) -> Fix:
    if programs.kind(script) == "python":
        text = f"Start it with Python: `python {script}`, from the folder that the run starts in."
        return guide("start-it-with-python", "Start it with Python", text)
    return guide(
        "make-executable-yourself",
        "Make it executable",
        f"Run `chmod +x {script}` in the folder that the run starts in, or start it with "
        f"`bash {script}`.",
    )


def _data(file: str, place: re.Match[str] | None) -> Explanation:
    """A file that no shell is to run: what stood before it on the line is gone."""
    at = Place(place["file"], int(place["line"])) if place else None
    where = f"line {at.line} of {code(at.file)}" if at else "the command"
    return Explanation(
        "a file of data that was run as a program",
        f"{code(file)} stands where the shell looks for a program",
        at,
        (
            guide(
                "mend-the-line",
                "Mend the line",
                f"Look at {where} and at the line above: a backslash at the end of the line above, or the program and "
                "the option that this file belongs to, is missing.",
            ),
        ),
    )


def _by_status() -> Explanation:
    step = guide(
        "make-executable-yourself",
        "Make it executable",
        "Run `chmod +x` on the script that the command starts, or start it with `bash`.",
    )
    return Explanation(
        "a script that is not executable",
        "the shell ended with status 126: what it was to run is not marked as a program",
        fixes=(step,),
    )


def _chmod(script: str, surroundings: Surroundings) -> Fix | None:
    if surroundings.command is None or surroundings.kind(script) is not PathKind.FILE:
        return None
    text = surroundings.text(script)
    if text is None or (programs.kind(script) == "python" and not text.startswith("#!")):
        return None  # without its first line the shell would read Python as its own language
    step = CommandStep(f"chmod +x {shlex.quote(script)}", f"the mode of {code(script)}")
    by = f"marking {code(script)} as a program (`chmod +x`)"
    return Fix("make-executable", "Make it executable", by, Safety.SAFE, (step,))


RULE = Rule("script-not-executable", Category.PERMISSION, ("shell", "exit"), explain)
