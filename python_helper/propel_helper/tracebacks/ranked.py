"""The errors of a log by rank, and how far each is from the cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from propel_helper.facts.crash import Crash, Raised
from propel_helper.facts.wording import Wording
from propel_helper.tracebacks.background import is_trackers_own
from propel_helper.tracebacks.drawings import plain
from propel_helper.tracebacks.lines import Line
from propel_helper.tracebacks.native import native_ends
from propel_helper.tracebacks.stacks import Traceback, tracebacks

# What a launcher raises once a process that it started has failed.
_LAUNCHER_TYPES = frozenset({"ChildFailedError", "CalledProcessError", "ProcessExitedException"})
# What people's own launchers raise then; what Ray Tune says of its trials, whose errors stand above
# (ray/tune/tune.py and tuner.py).
_LAUNCHER_SAID = Wording(
    r"^\(?['\"]?Trials did not complete\b|^The Ray Tune run failed\b|"
    r"\b(?:exit(?:ed)?|return(?:ed)?|fail(?:ed)?)(?: with)?(?: a)?(?: non-?zero)?[ -](?:exit )?(?:code|status)\b"
)
# What a process raises because another one died (torch.distributed.elastic, gloo, NCCL,
# multiprocessing): never the cause while any other error is in the log.
_CONSEQUENCE_TYPES = frozenset(
    {
        "SignalException",
        "RendezvousClosedError",
        "RendezvousGracefulExitError",
        "BrokenPipeError",
        "ConnectionResetError",
        "EOFError",
        "ActorDiedError",
        "RayActorError",
        "WorkerCrashedError",
        "gloo::EnforceNotMet",
    }
)
_CONSEQUENCE = Wording(
    r"Connection (?:closed|reset) by peer|Broken pipe|remote process exited"
    r"|[Ww]atchdog caught collective operation timeout|NCCL communicator was aborted"
    r"|Timed out waiting \d+ms for (?:recv|send)|Socket Timeout|Application timeout caused pair"
    r"|the coordination service|another task died|NCCL watchdog thread terminated"
    r"|ProcessGroupNCCL's watchdog got stuck|Tcp connection (?:closed|reset)"
    r"|background workers are no longer alive|^Pin memory thread exited unexpectedly"
)
# torch/distributed/elastic/multiprocessing/api.py, told of SIGINT: a person's Ctrl-C.
_INTERRUPTED = Wording(r"got signal: 2$")
# torch/utils/data/dataloader.py and concurrent.futures: a process that this one started ended by itself.
_WORKER_GONE = Wording(
    r"^DataLoader worker \(pid\(?s?\)? [\d, ]+\) exited unexpectedly"
    r"|^A (?:worker )?process (?:in the process pool was terminated abruptly|managed by the executor)"
)
_SIGNAL = Wording(r"is killed by signal")
# multiprocessing/spawn.py: the script's own lines run again in each process that it starts.
_STARTS_AGAIN = Wording(r"^\s*An attempt has been made to start a new process before")
STOPPED = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit"})
"""A person or the program itself ended the run: no crash."""


class Level(IntEnum):
    """How far from the cause an error is; the lowest that is there is the cause."""

    REAL = 0
    NATIVE = 1
    """C++ said it, no Python."""
    WORKER_GONE = 2
    """A worker of the process ended by itself; what it raised says why."""
    BESIDE = 3
    """In a thread beside the training."""
    LOST = 4
    """Another process was lost."""
    NATIVE_LOST = 5
    LAUNCHER = 6


@dataclass(frozen=True)
class Ranked:
    """A traceback, the rank whose stream it stood in, and that stream."""

    traceback: Traceback
    rank: int | None
    stream: str = ""

    @property
    def name(self) -> str:
        """Last component of the exception's name."""
        return last_component(self.traceback.raised.exception)

    @property
    def starts_again(self) -> bool:
        """Whether a process that was started could not start its own: no caller of its outlives that."""
        return _STARTS_AGAIN.search(self.traceback.raised.message) is not None

    @property
    def level(self) -> Level:
        """How far from the cause it is."""
        said = self.traceback.raised.message.partition("\n")[0]
        if self.name in _LAUNCHER_TYPES or _LAUNCHER_SAID.search(said):
            return Level.LAUNCHER
        if is_consequence(self.traceback.raised):
            return Level.NATIVE_LOST if self.traceback.native else Level.LOST
        if self.traceback.thread:
            return Level.BESIDE
        if _WORKER_GONE.search(said) and not any(
            _SIGNAL.search(one.message) for one in self.traceback.chain
        ):
            return Level.WORKER_GONE
        return Level.NATIVE if self.traceback.native else Level.REAL


def ranked(streams: Mapping[str, Sequence[Line]]) -> list[Ranked]:
    """Every error of all ``streams`` that can have ended a program, in order."""
    found = []
    for lines in streams.values():
        stream = plain(list(lines))
        every = [*tracebacks(stream), *native_ends(stream)]
        found += [
            Ranked(one, stream[one.first].rank, stream[one.first].stream)
            for one in every
            if not one.harmless and not _stopped(one.raised) and not is_trackers_own(one.raised)
        ]
    return sorted(found, key=lambda one: one.traceback.start)


def _stopped(raised: Raised) -> bool:
    """Whether a person or the program ended the run; pybind11 puts the type into its message."""
    name = last_component(raised.exception)
    if name in STOPPED or raised.message.startswith("KeyboardInterrupt:"):
        return True
    return name == "SignalException" and _INTERRUPTED.search(raised.message) is not None


def last_component(name: str | None) -> str:
    """``torch.OutOfMemoryError`` -> ``OutOfMemoryError``; ``RayTaskError(X)`` -> ``RayTaskError``."""
    return (name or "").partition("(")[0].rpartition(".")[2]


def is_consequence(raised: Raised) -> bool:
    """Whether another process's death explains this exception."""
    return last_component(raised.exception) in _CONSEQUENCE_TYPES or bool(
        _CONSEQUENCE.search(raised.message)
    )


def is_aftermath(crash: Crash) -> bool:
    """Whether ``crash`` is what one process's end did to others, or names no exception at all."""
    raised = Raised(crash.exception, crash.message)
    launcher = last_component(crash.exception) in _LAUNCHER_TYPES
    return crash.exception is None or launcher or is_consequence(raised)
