"""What a shell says of a program that a signal ended."""

from __future__ import annotations

from propel_helper.facts.wording import Wording

_SIGNALS = r"Killed|Terminated|Aborted|Bus error|Segmentation fault|Floating point exception|Illegal instruction"
# bash's and dash's jobs.c with the number of the line and of the process; zsh's jobs.c.
KILLED = Wording(
    rf"^(?:\S+: (?:line )?\d+: +\d+ )?(?:{_SIGNALS})(?:[ :]+\(core dumped\))?"
    r"(?:: \d+| {2,}\S.*|\s+\(core dumped\) .*)?$"
    r"|^(?:zsh: |(?:\[\d+\] +(?:[-+] +)?)?\d+ )(?:segmentation fault|bus error|illegal hardware instruction"
    r"|floating point exception|abort|killed|terminated)(?: +\(core dumped\))? +\S.*$"
    # A job in the background, which may be any program's: one that trains.
    r"|^\[\d+\][+-]? +(?:Killed|Aborted|Bus error|Segmentation fault|Floating point exception|Illegal instruction)"
    r" +(?=\S.*(?:python|\.py\b|torchrun|accelerate|deepspeed)).*$"
    r"|^fish: Job \d+, .* terminated by signal SIG(?!INT|TERM)[A-Z]+"
)
# GNU time; docker compose, kubectl; PyCharm's run window, which tells Windows' own codes in hexadecimal (what
# Windows ends by Ctrl-C is 0xC000013A).
_TOLD = Wording(
    r"^Command terminated by signal (?P<signal>(?!2$)\d{1,2})$"
    r"|^(?:\S+ exited with code|command terminated with exit code) (?P<code>13[4-9])$"
    r"|^Process finished with exit code (?P<status>\d+) \(interrupted by signal (?!2:)\d+: SIG\w+\)$"
    r"|^Process finished with exit code -\d+ \(0xC(?!000013A)[0-9A-F]{7}\)$"
)
_ENDED = Wording(r"[Tt]erminated\b")
_NAMED = Wording(
    r"(?:line )?\d+: +\d+ [A-Z][a-z]+(?: [a-z]+){0,2}(?: +\(core dumped\))?\s+(?P<program>\S.*)$"
)
_TRAINS = Wording(
    r"python|\.py\b|torchrun|accelerate|deepspeed|srun|mpirun|mpiexec|horovodrun|^[(\"$]"
)


def is_sure(text: str) -> bool:
    """Whether a program that trains, as far as the line names one, died by a signal that nobody sends to end it well.

    A script that says ``done`` below says that of itself: it goes on after whatever its programs came to.
    Servers that a script started are ended by SIGTERM.
    """
    if KILLED.search(text) is None or _ENDED.search(text.partition("(core")[0]):
        return False
    named = _NAMED.search(text)
    return named is None or _TRAINS.search(named["program"]) is not None


def is_told(text: str) -> bool:
    """Whether what ran a program says that a signal, or Windows, ended it."""
    return _TOLD.match(text) is not None


def told_status(text: str) -> int | None:
    """The exit status that it tells, as a shell would: 128 + N for signal N."""
    found = _TOLD.match(text)
    if found is None:
        return None
    if found["signal"]:
        return 128 + int(found["signal"])
    status = found["code"] or found["status"]
    return int(status) if status else None
