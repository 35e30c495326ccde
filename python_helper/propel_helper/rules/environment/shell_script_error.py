"""shell-script-error: the launch script has an error of its own.

## What happened
The shell stopped at a line of the script that it does not understand, or that needs another
shell.

## Why it happens
A quote or a `fi` is missing, a variable is not set, the script was saved with Windows' line
ends or names an interpreter that is not there, or it was written for bash and run with `sh`. Of Windows' line ends the shell keeps the carriage
return: the last word of a line gets it, and no file or option has such a name. Or the file is no shell
script at all, but Python. Or the first line names an interpreter that is not on this machine.

## What the fix changes
Windows' line ends, where the one script of the launch is written with them: `sed` takes the carriage
return from the end of each of its lines (of the file that a link leads to, which stays a link); from the first line alone where a file of another language
is started by itself. `sh script.sh` becomes `bash script.sh` where `sh` stopped at what only bash has.
`bash` in front of a file of Python becomes `python`; one whose first line names a Python that is not there
is started with `python3`. Otherwise nothing.

## Fix safety
Safe: the shell reads the same lines without the signs that it can't understand, or bash reads what
was written for it. Ask for Python: which one is to run the file, only you can say.
"""

from __future__ import annotations

import re
import shlex

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import (
    Category,
    CommandStep,
    Explanation,
    Fix,
    Place,
    RerunStep,
    Safety,
)
from propel_helper.facts.shell import simple_commands
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, absent_interpreter, python_in_shell, returns
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
    r"|[Bb]ad substitution|Illegal option -o"
    r"|\\r['’]|\^M"
    r"|ambiguous redirect"
    r"|Argument list too long|too many arguments"
)
_OPEN = Wording(r"syntax error near unexpected token [`'](?P<token>[^'`]+)'")
_LINE = Wording(r"^(?P<file>[\w./~-]+): (?:line )?(?P<line>\d+): ", re.MULTILINE)
# dash's words for what only bash has.
_BASH_ONLY = Wording(
    r"^(?P<script>\S+): \d+: (?:(?:source|\[\[|shopt|declare|pushd|popd): not found"
    r"|set: Illegal option -o|Bad substitution|Syntax error: (?:\"\(\"|redirection) unexpected)"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above, and whatever the line ends of the launch's script have done."""
    script = returns.cause(crash, surroundings)
    if script is not None:
        return Explanation(
            "a script with Windows' line ends",
            f"the carriage return at the end of a line of {code(script)} is taken for a part of it",
            fixes=(_without_returns(script, surroundings),),
        )
    python = python_in_shell.script(crash, surroundings)
    if python is not None:
        step = guide(
            "run-with-python-yourself",
            "Run it with Python",
            f"Start {code(python)} with Python, not with a shell: `python {python}`.",
        )
        return Explanation(
            "a file of Python that a shell was given",
            f"{code(python)} is written in Python, and a shell read its lines as commands",
            fixes=(python_in_shell.with_python(python, surroundings) or step,),
        )
    absent = absent_interpreter.explained(crash, surroundings)
    if absent is not None:
        return absent
    found = said(crash, _WORDS) if crash.kind is CrashKind.SHELL else None
    if found is None:
        return None
    if "command not found" in found.string and "\\r" not in found.string:
        return None
    step = guide(
        "correct-script",
        "Correct the script",
        "Look at the line that the message names. `bash script.sh` instead of `sh script.sh` is enough for "
        "`source` and `[[`; `sed -i 's/\\r$//' script.sh` takes Windows' line ends away.",
    )
    open_end = _OPEN.search(found.string)
    if open_end is not None:
        step = guide(
            "close-what-is-open",
            "Close what is open",
            f"The shell met {code(open_end['token'])} where it could not stand: look there and above for a "
            "`fi`, a `done`, a quote or a bracket that is missing or too many.",
        )
    return Explanation(
        "an error in the launch script",
        f"the shell said {code(first_line(found.string))}",
        _place(found.string, surroundings),
        fixes=(_under_bash(found.string, surroundings) or step,),
    )


def _place(message: str, surroundings: Surroundings) -> Place | None:
    """The line that the shell names, where the project has the script."""
    found = _LINE.search(message)
    known = found is not None and surroundings.text(found["file"]) is not None
    return Place(surroundings.shown(found["file"]), int(found["line"])) if found and known else None


def _under_bash(message: str, surroundings: Surroundings) -> Fix | None:
    """The command with ``bash`` for the one ``sh`` that starts the script of the message."""
    found = _BASH_ONLY.search(message)
    command = surroundings.command or ""
    words = [
        one.words[0]
        for one in simple_commands(command)
        if len(one.words) > 1 and one.words[0].value in {"sh", "/bin/sh", "dash"}
        if found is not None and one.words[1].value == found["script"]
    ]
    if found is None or len(words) != 1:
        return None
    step = RerunStep(command, f"{command[: words[0].start]}bash{command[words[0].end :]}")
    by = f"running {code(found['script'])} with bash, for which that line is written"
    return Fix("run-with-bash", "Run the script with bash", by, Safety.SAFE, (step,))


def _without_returns(script: str, surroundings: Surroundings) -> Fix:
    """Another language's file needs its first line alone to be read by the system.

    ``sed -i`` puts a new file in the place of a link: it gets the file that the link leads to.
    """
    file = surroundings.target(script)
    linked = f", which {code(script)} links to" if file != script else ""
    shell = script.endswith((".sh", ".bash", ".slurm", ".sbatch"))
    step = CommandStep(
        f"sed -i '{'' if shell else '1'}s/\\r$//' {shlex.quote(file)}",
        f"the line ends of {code(file)}{linked}",
        file,
    )
    what = "Windows' line ends" if shell else "the Windows line end of the first line"
    by = f"taking {what} out of {code(file)}"
    return Fix("take-returns-away", f"Take {what} away", by, Safety.SAFE, (step,))


RULE = Rule("shell-script-error", Category.ENVIRONMENT, ("shell", "exception", "usage"), explain)
