"""Ends without a traceback: usage errors, the shell's own errors, kills, the scheduler's words.

They count only near the end of a log: the same words in the middle stopped nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.wording import Wording
from propel_helper.tracebacks import grammar, kills, mpi
from propel_helper.tracebacks.lines import Line
from propel_helper.tracebacks.progress import bar, is_done, is_progress

_MOST_AFTER = 15
_MOST_AFTER_SHELL = 5
"""A script goes on after most of its errors: what it then prints shows that it did."""
_USAGE_LINES = 2000
"""transformers' own parser prints more than 500."""
_HYDRA_LINES = 40
_MOST_REDRAWN = 2
"""Bars that draw themselves once more while an exception ends the program."""

# argparse.ArgumentParser.error and click.UsageError.show.
_USAGE = Wording(r"^\s*usage: ", re.IGNORECASE)
_OPTIONS = Wording(r"^ +(?:\[-|--?\w).*\]$")
_ARGPARSE = Wording(r"^(?P<program>\S.*?): error: (?P<message>.+)$")
_CLICK = Wording(r"^(?:[Ee]rror|ERROR): (?P<message>.+)$")
# absl.app, python-fire, tyro, docopt and hydra's own form.
_OTHER_USAGE = Wording(
    r"^FATAL Flags parsing error:|^ERROR: Could not consume arg|^ERROR: Could not find|"
    r"^ERROR: The function received no value for the required argument|^FATAL Flags parsing error"
)
# Typer and tyro draw a box around what a parser says.
_BOX = Wording(
    r"^[╭┌]─+ (?:Error|Parsing error|Value error|Unrecognized options?|Required options?|Invalid \w+) ─"
)
_IN_BOX = Wording(r"^[│|] ?(?P<inside>.*?)\s*[│|]?$")
_HYDRA = Wording(r"^Set the environment variable HYDRA_FULL_ERROR=1")
_HYDRA_KEY = Wording(r"^full_key: [\w.]+$")
# hydra/_internal/instantiate/_instantiate2.py: what the target that it called raised, by its repr().
_INNER = re.compile(
    r"^Error in call to target '[\w.]+':\n(?P<type>\w+)\((?P<quote>['\"])(?P<message>.*)(?P=quote)\)$",
    re.MULTILINE,
)
_HYDRA_OTHER = Wording(r"^Error executing job with overrides|^\[\d{4}-|^You may also|^In '.*': ")

# bash, dash, zsh and env; CPython's main.c and runpy for a script or module that is not there.
_SHELL = Wording(
    r"^(?:\S*(?:bash|sh|zsh|ksh|\.slurm|\.sbatch|slurm_script|environment)\S*|-?\w*sh): "
    r"(?:line )?(?:\d+: )?.*(?:command not found|not found|No such file or directory"
    r"|Permission denied|cannot execute|Is a directory|unbound variable|[Ss]yntax error"
    r"|unexpected (?:EOF|end of file)|bad interpreter|operator expected|Exec format error"
    r"|parameter (?:null or )?not set|Illegal option -|Bad substitution|bad substitution|No space left on device"
    r"|too many arguments|cannot create|Text file busy|Argument list too long|ambiguous redirect)"
    r"|^\S+: line \d+: (?! *\d+ )\S.*: \S.*"
    r"|^\S+\.py: \d+: (?:(?:import|from): not found|Syntax error: .*)$"
    r"|^zsh:\d*:? ?(?:command not found|no such file or directory|permission denied|no matches found): "
    r"|^(?:/usr/bin/)?(?:env|nice|ionice|chrt|taskset|timeout|setsid|setarch|stdbuf|xargs|time): .*: "
    r"(?:No such file or directory|Permission denied)"
    r"|^\S*python[\d.]*: (?:can't open file|No module named|Error while finding module"
    r"|can't find '__main__' module)"
    r"|^\S*(?:torchrun|accelerate|deepspeed|srun|mpirun|mpiexec|nohup|sudo|exec|time|make|conda)\b.*: "
    r".*(?:command not found|No such file or directory|Permission denied|not found)$"
    r"|^(?:chmod|mkdir|cp|mv|cat|tee|touch|cd|rm|ln|tar|unzip): .*: (?:No such file or directory"
    r"|Permission denied|Read-only file system|No space left on device|File exists)"
    r"|^CondaError: |^EnvironmentLocationNotFound: |^EnvironmentNameNotFound: |^CommandNotFoundError: "
    r"|^Lmod has detected the following error|^ModuleCmd_Load"
)
# GNU coreutils, tee.c.
_TEE = Wording(r"^tee: .+: (?:No such file or directory|Permission denied|Is a directory)$")
# Its own advice follows, up to a dozen lines.
_MODULES = Wording(r"^Lmod has detected the following error")
# ProcessGroupNCCL.cpp, 1.13 to 2.9: what its watchdog says before it ends the process, where no more
# of that came into the log.
_WATCHDOG = Wording(
    r"^(?:\[rank\d+\]:)?\[E(?:\d{3,4} [\d:.]+)? ProcessGroupNCCL\.cpp:\d+\] .*"
    r"(?:Watchdog caught collective operation timeout|Some NCCL operations have failed or timed out"
    r"|taking the entire process down)"
)
_WATCHED = Wording(r"\[[Rr]ank (?P<rank>\d+)\]")
# slurmstepd, srun and sbatch; PBS; LSF; the kernel's log; containers; DeepSpeed's launcher.
_SCHEDULER = Wording(
    r"(?:slurmstepd\S*:|^\[\d{4}-\d\d-\d\dT\S+\]) (?:error: |\w+: )?(?:\*\*\* |Detected \d+ oom|Exceeded|Job \d+ exceeded|.*oom-kill"
    r"|.*exceeded memory limit|execve\(\)).*"
    r"|^srun: error: .*(?:Task launch for|Out Of Memory|Killed|Segmentation fault|Aborted|Bus error|Exited with|"
    r"Unable to|Invalid|Requested|Terminated).*|^sbatch: error: .*"
    r"|^=>> PBS: job killed: .*|^TERM_(?:MEMLIMIT|RUNLIMIT|OWNER|THREADLIMIT).*"
    r"|(?:Memory cgroup out of memory|Out of memory): Kill(?:ed)? process .*|\boom-kill:constraint=.*"
    r"|^docker: (?:Error response from daemon|permission denied).*|\bOOMKilled\b.*|NVRM: Xid .*"
    r"|^nvidia-container-cli: .*|exits with return code = -\d+"
    r"|^There are not enough slots available in the system.*"
    r"|^ERROR: (?:Could not find a version|No matching distribution|Package '[^']+' requires a different).*"
    r"|^(?:error: |× |error:\s+)(?:externally-managed-environment|This environment is externally managed).*"
    r"|^Failed to initialize NVML: .*"
    r"|^timeout: sending signal \S+ to command .*"
)
# GNU make, misc.c and job.c: the status of the recipe that failed, or the signal that ended it.
_MAKE = Wording(
    r"^g?make(?:\[\d+\])?: \*\*\* \[[^\]]*\] (?:Error (?P<status>\d+)|(?P<signal>Killed|Terminated|Aborted"
    r"|Segmentation fault|Bus error)(?: \(core dumped\))?)$"
)
_SIGNALS = {"Killed": 9, "Terminated": 15, "Aborted": 6, "Segmentation fault": 11, "Bus error": 7}

# bash quotes the line that it stopped at, which may be a bare `done`.
_QUOTED = Wording(r"^\S+: line \d+: `.*'$")
# What a shell, or script(1), says when it is left.
_LEFT = Wording(r"^(?:\S{0,40}[$#] )?(?:exit|logout)$|^Script done")


def end(lines: Sequence[Line]) -> Crash | None:
    """The end without a traceback that ``lines`` (a log's last ones) show, or None."""
    after = 0
    found: Crash | None = None
    # A script's own word at its end: below it, only what a signal ended for sure still counts.
    done = False
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        if not text or _LEFT.match(text):
            continue
        here = _at(lines, index)
        most = _MOST_AFTER if _MODULES.match(text) else _MOST_AFTER_SHELL
        if here is not None and here.kind is CrashKind.SHELL and after > most:
            here = None
        if here is not None and done and not kills.is_sure(text):
            here = None
        if here is not None and (found is None or _WEAK.match(found.message)):
            found = _with_above(lines, index, here)
        after += 1
        well = here is None and _went_well(text) and not _QUOTED.match(text)
        done = done or (well and found is None)
        if after > _MOST_AFTER or (well and (found or not is_done(text) or is_progress(text))):
            break
    return found or _raised(lines)


def _raised(lines: Sequence[Line]) -> Crash | None:
    """An exception's own line without its stack: all that is left of it where the rest was cut.

    It has to be among the last lines and to name the module of its type, or to open the log:
    programs print names of exceptions for many reasons.
    """
    said = [line for line in lines if line.text]
    for at in range(len(said) - 1, max(len(said) - 1 - _MOST_AFTER, -1), -1):
        text = said[at].text
        if bar(text) is not None and len(said) - at <= _MOST_REDRAWN:
            continue
        if _went_well(text):
            return None
        named = grammar.exception(text, sure=True)
        if named is None or named[0].endswith("Warning") or not named[1]:
            continue
        opens = all(line.text.startswith((" ", "File ")) for line in said[:at])
        if not opens and ("." not in named[0] or said[at - 1].text.startswith(" ")):
            continue  # a bare name, or the end of a stack that was judged already
        rest = takewhile(lambda one: not grammar.FOREIGN.match(one.text), said[at + 1 :])
        told = [said[at], *rest]
        message = "\n".join([named[1], *(line.text for line in told[1:])])
        return replace(_crash(CrashKind.EXCEPTION, message, told[0], told[-1]), exception=named[0])
    return None


def _with_above(lines: Sequence[Line], index: int, crash: Crash) -> Crash:
    """``crash`` with what the scheduler says right above it, where both say why."""
    said = [crash.message]
    for line in reversed(lines[max(index - _MOST_AFTER, 0) : index]):
        match = _SCHEDULER.search(line.text)
        if crash.kind is not CrashKind.EXIT or match is None or _WEAK.match(line.text):
            break
        said.insert(0, line.text[match.start() :].strip())
    told = "\n".join(dict.fromkeys(said))
    return replace(crash, message=told)


def _went_well(text: str) -> bool:
    return bar(text) is not None or is_progress(text) or is_done(text)


# Says only that a task ended, not why: an earlier line says more.
_WEAK = Wording(
    r"^srun: error: .*(?:Exited with|task \d+: (?:Killed|Terminated|Aborted))|^Terminated\b"
    r"|^(?:slurmstepd\S*:|\[\S+\]) error: \*\*\* (?:JOB|STEP) .*CANCELLED AT \S+ \*\*\*|^sbatch: error"
    r"|^g?make(?:\[\d+\])?: \*\*\* "
)


def _at(lines: Sequence[Line], index: int) -> Crash | None:
    return (
        _usage(lines, index)
        or _hydra(lines, index)
        or _words(lines, index, _SCHEDULER, CrashKind.EXIT)
        or _words(lines, index, _SHELL, CrashKind.SHELL)
        or _words(lines, index, kills.KILLED, CrashKind.EXIT)
        or mpi.fatal(lines, index)
        or _told(lines[index])
        or _watchdog(lines, index)
        or _make(lines[index])
    )


def _told(line: Line) -> Crash | None:
    if not kills.is_told(line.text):
        return None
    crash = _crash(CrashKind.EXIT, line.text.strip(), line, line)
    return replace(crash, exit_status=kills.told_status(line.text))


def _watchdog(lines: Sequence[Line], index: int) -> Crash | None:
    """All that NCCL's watchdogs said up to ``lines[index]``, and the ranks that they watch."""
    if not _WATCHDOG.match(lines[index].text):
        return None
    told = [line for line in lines[: index + 1] if _WATCHDOG.match(line.text)]
    ranks = {
        int(match["rank"]) for line in told if (match := _WATCHED.search(line.text)) is not None
    }
    message = "\n".join(line.text for line in told)
    crash = _crash(CrashKind.EXIT, message, told[0], lines[index])
    return replace(crash, ranks=tuple(sorted(ranks)))


def _make(line: Line) -> Crash | None:
    match = _MAKE.match(line.text)
    if match is None:
        return None
    signal = _SIGNALS.get(match["signal"] or "")
    status = int(match["status"]) if signal is None else 128 + signal
    return replace(_crash(CrashKind.EXIT, line.text.strip(), line, line), exit_status=status)


def _usage(lines: Sequence[Line], index: int) -> Crash | None:
    text = lines[index].text
    if _OTHER_USAGE.search(text):
        rest = "\n".join(line.text for line in lines[index : index + 30])
        return _crash(CrashKind.USAGE, rest, lines[index], lines[-1])
    if _BOX.match(text):
        inside = [_IN_BOX.match(line.text) for line in lines[index + 1 : index + 40]]
        rest = "\n".join(one["inside"] for one in inside if one)
        return _crash(CrashKind.USAGE, rest, lines[index], lines[-1])
    if not (_ARGPARSE.match(text) or _CLICK.match(text)):
        return None
    for above in range(index - 1, max(index - _USAGE_LINES, -1), -1):
        if _USAGE.match(lines[above].text):
            usage = "\n".join(line.text for line in lines[above:index])
            said = "\n".join([text, *_indented(lines, index + 1)])
            return _crash(CrashKind.USAGE, f"{said}\n{usage}", lines[above], lines[index])
    cut = index > 0 and _OPTIONS.match(lines[index - 1].text)
    return _crash(CrashKind.USAGE, text, lines[index], lines[index]) if cut else None


def _indented(lines: Sequence[Line], index: int) -> list[str]:
    """The lines from ``index`` on that continue the one above (jsonargparse)."""
    return [
        line.text
        for line in takewhile(lambda one: one.text.startswith("  "), lines[index : index + 10])
    ]


def _hydra(lines: Sequence[Line], index: int) -> Crash | None:
    """Hydra's own errors: its words, a hint to its variable (a log may be cut before it), no traceback."""
    cut = _HYDRA_KEY.match(lines[index].text) is not None
    if cut:
        index += 1
    elif not _HYDRA.match(lines[index].text):
        return None
    begin = index
    for above in range(index - 1, max(index - _HYDRA_LINES, -1), -1):
        text = lines[above].text
        if bar(text) or is_progress(text) or grammar.FOREIGN.match(text) or "Warning: " in text:
            break
        if _HYDRA_OTHER.match(text) and not text.startswith("In '"):
            begin = above + 1
            break
        begin = above
    said = [line for line in lines[begin:index] if line.text]
    if not said or (cut and not said[0].text.startswith("Error ")):
        return None
    message = "\n".join(line.text for line in said)
    crash = _crash(CrashKind.USAGE, message, said[0], lines[min(index, len(lines) - 1)])
    inner = _INNER.search(message)
    if inner is None or inner["type"] == "TypeError":
        # The call did not fit, or nothing was called: the config's own matter.
        return crash
    return replace(
        crash, kind=CrashKind.EXCEPTION, exception=inner["type"], message=inner["message"]
    )


def _words(lines: Sequence[Line], index: int, pattern: Wording, kind: CrashKind) -> Crash | None:
    text = lines[index].text
    match = pattern.search(text)
    if match is None:
        return None
    said, last = text[match.start() :].strip(), lines[index]
    rest = lines[index + 1] if index + 1 < len(lines) else None
    if kind is CrashKind.SHELL and rest is not None and rest.text.startswith(": "):
        # A word of a script with Windows' line ends: its return broke the line, a shell would quote it.
        said, last = f"{said}\\r{rest.text}", rest
    return _crash(kind, said, lines[index], last)


def _crash(kind: CrashKind, message: str, first: Line, last: Line) -> Crash:
    return Crash(kind, None, message, start=first.start, end=last.end)


def silent_end(lines: Sequence[Line], exit_status: int) -> Crash:
    """A run that failed and said nothing that is known; its last words are the message.

    Where ``tee`` could not write, it says so when it starts and goes on passing what it reads: its
    status is 1, and so is the pipe's with ``pipefail``.
    """
    refused = next((line for line in lines if _TEE.match(line.text)), None)
    if refused is not None and exit_status == 1:
        crash = _crash(CrashKind.SHELL, refused.text.strip(), refused, refused)
        return replace(crash, exit_status=exit_status)
    said = [line for line in lines if line.text and bar(line.text) is None]
    words = "\n".join(line.text for line in said[-5:])
    at = said[-1].end if said else 0
    return Crash(CrashKind.EXIT, None, words, exit_status=exit_status, start=at, end=at)
