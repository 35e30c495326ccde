"""nccl-error: NCCL failed.

## What happened
The library that exchanges tensors between GPUs returned an error.

## Why it happens
The `Last error:` line says more than the code: an interface that is not there (`NCCL_SOCKET_IFNAME`),
two processes on one GPU, shared memory that is too small, a process that died, or the network.

## What the fix changes
Where the launch command itself names the network interface and NCCL does not find it: that variable is
left out, so that NCCL looks for one itself. Otherwise nothing: a step follows from the last error.

## Fix safety
Ask: NCCL may choose an interface that you did not mean; nothing else changes.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# NCCLUtils.cpp; nccl's error strings, 2.10 to 2.32; RCCL.
_WORDS = Wording(
    r"\bNCCL (?:[Ee]rror|WARN|failure)"
    r"|nccl(?:System|Internal|Unhandled\w*|Invalid\w*|Remote)Error|ncclInvalidUsage|ncclUnhandledCudaError"
    r"|Duplicate GPU detected"
    r"|Bootstrap : no socket interface found"
    r"|unhandled (?:cuda|system) error"
    r"|NCCL communicator was aborted"
)
# A GPU that is full, CUDA's own errors and a timeout have pages of their own.
_OTHERS = Wording(r"out of memory|atchdog caught|operations have failed or timed out|CUDA error: ")
_INTERFACE = "no socket interface found"
# The last error's own words, what they mean, and what to do.
_MEANINGS = (
    (
        Wording(r"Duplicate GPU detected : rank (?P<one>\d+) and rank (?P<other>\d+) both on"),
        "rank {one} and rank {other} chose the same GPU",
        "Choose the GPU by LOCAL_RANK (`set_device`) before the group is made, one process per GPU.",
    ),
    (
        Wording(_INTERFACE),
        "NCCL found no network interface of the name that it was told",
        "Correct `NCCL_SOCKET_IFNAME` (`ip -brief address` lists the interfaces), or unset it.",
    ),
    (
        Wording(r"shared memory segment \S+ \(size (?P<size>\d+)|/dev/shm/nccl"),
        "NCCL could not make its segment in `/dev/shm`",
        "Start the container with `--shm-size=8g` (or `--ipc=host`); `df -h /dev/shm` shows its size.",
    ),
    (
        Wording(
            r"remote process exited|ncclRemoteError|[Cc]onnection (?:closed|refused|reset)|Broken pipe"
        ),
        "the process at the other end was gone, or the network between them",
        "Look at the other ranks first: the one that is gone has its own error. Then at the network.",
    ),
    (
        Wording(r"[Mm]ismatched? NCCL version|NCCL version mismatch"),
        "the ranks run different versions of NCCL",
        "Use the same environment on every node.",
    ),
    (
        Wording(r"Cuda failure (?:\d+ )?'(?P<cuda>[^']+)'"),
        "CUDA failed under it with {cuda!r}",
        "Look at that rank's GPU (`nvidia-smi`, `dmesg | grep Xid`), and at the driver's version.",
    ),
)
_READ = guide(
    "read-last-error",
    "Read NCCL's last error",
    "Run once with `NCCL_DEBUG=INFO` before the command and read the first warning of each rank.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None or _OTHERS.search(found.string):
        return None
    last = _last_error(found.string)
    for words, meaning, step in _MEANINGS:
        match = (
            words.search(last or "")
            or words.search("\n".join(crash.above))
            or words.search(found.string)
        )
        if match is not None:
            told = meaning.format(**match.groupdict())
            fixes = (
                *_without_interface(words, surroundings),
                guide("mend-nccl", "What to do", step),
            )
            return Explanation("an error of NCCL", told, fixes=fixes)
    said_last = first_line(last or line_of(found))
    return Explanation("an error of NCCL", f"its last words are {code(said_last)}", fixes=(_READ,))


def _last_error(message: str) -> str | None:
    """What stands below NCCL's "Last error:"."""
    _, _, last = message.partition("Last error:")
    return last.strip() or None


def _without_interface(words: Wording, surroundings: Surroundings) -> tuple[Fix, ...]:
    launch = launch_of(surroundings) if words.pattern == _INTERFACE else None
    name = launch.variable("NCCL_SOCKET_IFNAME") if launch else None
    if launch is None or name is None or name.first < launch.words[0].start:
        return ()
    steps = launch_changes.steps(launch, [(name.first, _next_word(launch.text, name.last), "")])
    by = f"leaving out {code(f'{name.name}={name.value}')}, so that NCCL looks for an interface itself"
    return (Fix("let-nccl-choose", "Let NCCL choose the interface", by, Safety.ASK, steps),)


def _next_word(text: str, at: int) -> int:
    found = re.compile(r"\s*").match(text, at)
    return found.end() if found else at


RULE = Rule("nccl-error", Category.DISTRIBUTED, ("exception", "exit"), explain)
