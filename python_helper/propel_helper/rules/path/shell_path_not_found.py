"""shell-path-not-found: the shell did not find a path of the launch.

## What happened
A line of the launch, in the command or in a script that it runs, names a file or folder that is
not there.

## Why it happens
A path that is right on another machine, a script that was moved, or a `cd` into a folder that
does not exist.

## What the fix changes
The path in the launch command, or in the script that has it, when exactly one name there is almost the
same. Where the shell is to write to a path (`> logs/out.txt`) whose folder is missing, that folder is made
once, by `mkdir -p` in the run's session. Otherwise nothing.

## Fix safety
Ask for a near name: it may be another one than was meant. A folder that is made is empty and harmless.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, redirections, returns, texts
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# bash, dash, zsh; coreutils; slurmd.
_WORDS = Wording(
    r"No such file or directory"
    r"|no such file or directory"
    r"|Is a directory"
    r"|can't cd to"
)
# The path before the reason, behind the shell's own name, its script and line, and its builtin.
_PATH = Wording(
    r"^(?:[^:\n]+: )?(?:line )?(?:\d+: )?(?:(?:cd|source|\.): )?(?P<path>[\w.~+@-]*[\w./~+@-]*): (?:[Nn]o such file|Is a)"
)
# A script that Python can't open, a program that is missing and an environment have their pages.
_OTHERS = Wording(
    r"can't open file|activate: |^(?:\S*/)?(?:env|nice|ionice|nohup|chrt|taskset|timeout|setsid|setarch|stdbuf|xargs|time): |execve\(\)|python[\d.]*: No such|bad interpreter|[Ee]nvironment"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if returns.cause(crash, surroundings) is not None:
        return None
    found = said(crash, _WORDS)
    if found is None:
        return None
    if _OTHERS.search(found.string):
        return None
    step = guide(
        "correct-launch-path",
        "Correct the path",
        "Correct that path in the launch command, or in the script and line that the message names.",
    )
    because = f"the shell said {code(first_line(found.string))}"
    fix = _respelt(found.string, crash, surroundings)
    named = _PATH.search(found.string)
    if fix is None and named is not None:
        fix = redirections.folder_made(found.string, named["path"], surroundings)
        if fix is not None:
            because = f"the shell is to write {code(named['path'])}, and its folder is not there"
    return Explanation(
        error="a path of the launch that is not there",
        because=because,
        fixes=(fix or step,),
    )


def _respelt(message: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The path respelt as the one name there that is almost the same."""
    named = _PATH.search(message)
    right = texts.near_path(named["path"], surroundings) if named else None
    step = (
        texts.replace_once(named["path"], right, crash, surroundings) if named and right else None
    )
    if named is None or right is None or step is None:
        return None
    by = f"writing {code(right)} for {code(named['path'])}, the one name there that is almost the same"
    return Fix("respell-path", f"Write {right}", by, Safety.ASK, (step,))


RULE = Rule("shell-path-not-found", Category.PATH, ("shell",), explain)
