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
