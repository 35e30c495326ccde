r"""The batch script of a confirmed text, and the options that go with it.

Measured with 22.05.8: options in a script are read from its ``#SBATCH`` lines up to the first line
that is neither blank nor a comment, ``--wrap`` reads none; a script with ``\r\n`` anywhere is
refused; ``#PBS`` and ``#BSUB`` lines count wherever they stand. https://slurm.schedmd.com/sbatch.html
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping

from propel_helper.facts.problem import Problem
from propel_helper.sessions.port import Order
from propel_helper.sessions.window import STARTS_BASH

# Positional parameters only, see ``window``; the fourth is the status, the fifth says that SIGTERM
# came. The text runs in the background so that a signal for the batch shell alone
# (``--signal=B:USR1@60``, ``scancel --batch``) reaches it and its traps. What the leader traps is at
# its default in a subshell; in the background SIGINT and SIGQUIT would be ignored otherwise.
# SIGTERM comes to every process of a job when Slurm ends it: there is no mark then, what Slurm
# writes into the log tells how it ended.
# A trap ends ``wait`` with 128 + N. When the text dies of the same signal at that very moment bash
# (5.2) loses its status and says -1 from then on: the first answer counts.
# ``--``: a text may begin as an option does. What the leader itself would say of a text that a
# signal ended is nobody's: its own standard error is set aside.
# ``builtin``, ``command`` and ``[[``: a function of the caller may have the name of any other word.
_LEADER = b"""\
builtin trap : INT QUIT
builtin trap 'builtin kill -s USR1 $! 2>/dev/null' USR1
builtin trap 'builtin kill -s USR2 $! 2>/dev/null' USR2
builtin trap 'builtin kill -s HUP $! 2>/dev/null' HUP
builtin trap %s TERM
if [[ . -ef "$2" ]] || builtin cd -- "$2"; then
{
(builtin exec %sbash -c -- "$3" 2>&9 9>&-) <&0 &
builtin wait "$!"
builtin set -- "$1" "$2" "$3" "$?" "$5"
while builtin kill -0 "$!" 2>/dev/null; do
builtin wait "$!"; builtin set -- "$1" "$2" "$3" "$?" "$5"
done
builtin wait "$!"
[[ "$?" -lt 0 ]] || { builtin wait "$!"; builtin set -- "$1" "$2" "$3" "$?" "$5"; }
} 9>&2 2>/dev/null
else
builtin set -- "$1" "$2" "$3" 1
fi
[[ "$5" ]] || builtin printf '\\033]133;D;%%s;propel=%%s;time=%%s\\007' "$4" "$1" \
"${EPOCHREALTIME:-$(command date +%%s)}"
builtin exit "$4"
"""
_SWALLOW_TERM = b"""'builtin set -- "$1" "$2" "$3" "$4" over'"""
_PASS_TERM_ON = b"""'builtin kill -s TERM $! 2>/dev/null'"""
# In its mode bash forgets the status of a child once it has told it, and ``wait`` finds none.
_HIDDEN = (*STARTS_BASH, "POSIXLY_CORRECT")
_KEPT = "PROPEL_KEPT_"
"""Begins the names under which a job's leader gets what is meant for the text's bash alone."""
_ASKS_FOR_TERM = re.compile(r"--signal[= ]R?BR?:(?:SIG)?(?:TERM|15)\b", re.IGNORECASE)

_SET_BY_PROPEL = {
    "-J": "--job-name",
    "-o": "--output",
    "-e": "--error",
    "-D": "--chdir",
    "--open-mode": "--open-mode",
}
_REFUSED = {
    **dict.fromkeys(("-a", "--array"), "a job array is many runs, and Propel watches one"),
    **dict.fromkeys(("-W", "--wait"), "the launch would last as long as the run"),
    "--test-only": "nothing would run",
    "--wrap": "the command is what runs",
    **dict.fromkeys(("-h", "--help", "--usage", "-V", "--version"), "nothing would run"),
}
_WITHOUT_VALUE = frozenset(
    """-H -I -k -O -Q -s -v --contiguous --exclusive --get-user-env --hold --ignore-pbs --no-kill
    --no-requeue --nice --overcommit --oversubscribe --parsable --propagate --quiet --reboot
    --requeue --spread-job --use-min-nodes --verbose""".split()
)


def batch_script(order: Order) -> bytes:
    """The script for sbatch: the options of the text, then the text as one argument of bash."""
    text = order.text_file.read_bytes()
    options = (*line_words(text.decode(errors="replace")), *option_words(order.options))
    pass_on = _ASKS_FOR_TERM.search(" ".join(options))
    words = (order.nonce.encode("ascii"), order.cwd.encode(errors="surrogateescape"), text)
    return b"\n".join(
        (
            b"#!/usr/bin/env bash",
            *_option_lines(text),
            b"builtin set -- " + b" ".join(map(_quoted, words)),
            _LEADER % (_PASS_TERM_ON if pass_on else _SWALLOW_TERM, _given_back(order.environ)),
        )
    )


def job_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What sbatch is started with: what makes every bash read or do something has another name."""
    return {_KEPT + name if name in _HIDDEN else name: environ[name] for name in environ}


def _given_back(environ: Mapping[str, str]) -> bytes:
    """``env`` that gives those variables to the text's bash; none that the job did not get."""
    names = [name for name in _HIDDEN if name in environ]
    hide = [f"-u {_KEPT}{name}" for name in names]
    give = [f'${{{_KEPT}{name}+"{name}=${_KEPT}{name}"}}' for name in names]
    return " ".join(("env", *hide, *give, "")).encode("ascii") if names else b""


def option_words(options: str) -> tuple[str, ...]:
    """The options as sbatch gets them.

    Raises:
        Problem: a quote is open, or a word that is no option would be taken for a script.
    """
    try:
        words = shlex.split(options)
    except ValueError as error:
        raise Problem(
            f"The Slurm options can't be read ({error}): {options}", "Close the quote."
        ) from None
    takes_value = False
    for word in words:
        if not word.startswith("-") and not takes_value:
            raise Problem(
                f"`{word}` is not an option of sbatch.",
                "Write the options as `--name=value`; what is to run stands in the command.",
            )
        short = re.fullmatch(r"-\w", word)
        long = word.startswith("--") and "=" not in word
        takes_value = bool(short or long) and word not in _WITHOUT_VALUE
    return tuple(words)


def line_words(text: str) -> tuple[str, ...]:
    """The options in the ``#SBATCH`` lines at the top of a text."""
    words: list[str] = []
    for line in _option_lines(text.encode(errors="replace")):
        rest = line.decode(errors="replace")[len("#SBATCH") :]
        try:
            words += shlex.split(rest, comments=True)
        except ValueError:
            # sbatch says itself what it can't read.
            words += rest.split()
    return tuple(words)


def refuse(text: str, options: str) -> None:
    """Refuse options that would make anything but one watched run of the text.

    Raises:
        Problem: it names the option.
    """
    given = option_words(options)
    for name in _names((*line_words(text), *given)):
        for refused, why in _REFUSED.items():
            if name == refused or (len(name) > 4 and refused.startswith(name)):
                raise Problem(f"sbatch's {name} can't be used here: {why}.", "Leave it out.")
    for name in set_aside(given):
        raise Problem(
            f"sbatch's {name} can't be used here: Propel sets it, so that it finds the job and its "
            "log again.",
            "Leave it out.",
        )


def set_aside(words: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the options among ``words`` that a launch sets itself."""
    return tuple(
        name for name in _names(words) if name in _SET_BY_PROPEL or name in _SET_BY_PROPEL.values()
    )


def notes(text: str, options: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    """What a person should know about a text and its options before saying yes."""
    lines = line_words(text)
    found = []
    if options.strip():
        found.append(f"Slurm gets these options besides: {options.strip()}")
    elif not lines:
        found.append(
            "It asks for nothing, so that this cluster's defaults hold: partition, GPUs (mostly "
            "none), memory, time. `#SBATCH` lines at the top of the command ask, e.g. "
            "`#SBATCH --gres=gpu:1 --time=4:00:00`."
        )
    aside = set_aside(lines)
    if aside:
        found.append(
            f"Propel sets {', '.join(aside)} itself, so that it finds the job and its log again; "
            "what the `#SBATCH` lines say of it does not count."
        )
    if text.rstrip().endswith("&"):
        found.append(
            "The command ends in `&`: the job is over as soon as it is started, and Slurm ends "
            "what it put in the background. Leave the `&` out."
        )
    if not environ.get("PYTHONUNBUFFERED") and not re.search(r"PYTHONUNBUFFERED|\s-\w*u\b", text):
        found.append(
            "A Slurm job has no terminal: what Python prints reaches the log late. "
            "`PYTHONUNBUFFERED=1` in front of the command, or `python -u`, brings it at once."
        )
    return tuple(found)


def _option_lines(text: bytes) -> Iterator[bytes]:
    for line in text.split(b"\n"):
        if line.startswith(b"#SBATCH"):
            yield line
        elif line.strip() and not line.lstrip().startswith(b"#"):
            return


def _names(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        if word.startswith("--"):
            yield word.partition("=")[0]
        elif word.startswith("-"):
            yield word[:2]


def _quoted(word: bytes) -> bytes:
    # Two quotes in between keep the script free of "\r\n", and the text as it is.
    return b"'" + word.replace(b"'", b"'\\''").replace(b"\r\n", b"\r''\n") + b"'"
