"""shell-script-error: the launch script has an error of its own.

## What happened
The shell stopped at a line of the script that it does not understand, or that needs another
shell.

## Why it happens
A quote or a `fi` is missing, a variable is not set, the script was saved with Windows' line
ends, or it was written for bash and run with `sh`.

## What the fix changes
Windows' line ends, where the one script of the launch is written with them: `sed` takes the carriage
return from the end of each of its lines. Otherwise nothing.

## Fix safety
Safe: the shell reads the same lines without the signs that it can't understand.
"""

from __future__ import annotations

import shlex

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, CommandStep, Explanation, Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# bash and dash; the kernel's error for a missing interpreter.
_WORDS = Wording(
    r"[Ss]yntax error"
    r"|unexpected (?:EOF|end of file)"
    r"|operator expected"
    r"|cannot execute: required file not found"
    r"|bad interpreter"
    r"|Exec format error|exec format error"
    r"|(?:source|\[\[): not found"
    r"|[Bb]ad substitution"
    r"|\\r'|\^M"
    r"|ambiguous redirect"
    r"|Argument list too long|too many arguments"
)


_SCRIPT = Wording(r"[\w./~-]+\.(?:sh|bash|slurm|sbatch)\b")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if "command not found" in found.string and "\\r" not in found.string:
        return None
    step = guide(
        "correct-script",
        "Correct the script",
        "Look at the line that the message names. `bash script.sh` instead of `sh script.sh` is enough for `source` and `[[`; `sed -i 's/\\\\r$//' script.sh` takes Windows' line ends away.",
    )
    return Explanation(
        "an error in the launch script",
        f"the shell said {code(first_line(found.string))}",
        fixes=(_without_returns(found.string, surroundings) or step,),
    )


def _without_returns(message: str, surroundings: Surroundings) -> Fix | None:
    """The one script of the message or the command that has Windows' line ends, without them."""
    named = _SCRIPT.findall(surroundings.command or "")
    scripts = [
        script
        for script in dict.fromkeys(named)
        if surroundings.kind(script) is PathKind.FILE
        and "\r\n" in (surroundings.text(script) or "")
        and (len(named) == 1 or script in message)
    ]
    if len(scripts) != 1:
        return None
    step = CommandStep(f"sed -i 's/\\r$//' {shlex.quote(scripts[0])}")
    by = f"taking Windows' line ends out of {code(scripts[0])}"
    return Fix("take-returns-away", "Take Windows' line ends away", by, Safety.SAFE, (step,))


RULE = Rule("shell-script-error", Category.ENVIRONMENT, ("shell",), explain)
