"""A run's record: what its events add up to.

Events are JSON objects, one a line; each has ``event`` and ``time`` (seconds since the epoch).

==========  ========================================================================
launched    run, cwd, backend, name (of the session), host
attempt     attempt, command, options, debugged, log, inode, text_file, nonce, boot: written before it
            starts
started     attempt, session, place, window, pid, born, moved, oom_kills, oom_counter, python: its
            window is up
observed    attempt, pid, arguments, program, python, cwd, environment, differs: what really runs
step        session, place, window, pid, born, command, log: a fix's command runs in a window
refused     attempt, reason: its window did not come up
killed      attempt: a person asked Propel to end it
ended       attempt, state, exit_status, reason, ended: how it ended, once that was seen
fixed       rule, fix, fingerprint, attempt, step, changes, files (file, before, after)
rewritten   number, files: what that fix's command rewrote
reverted    number: the originals of that fix were brought back
dismissed   attempt: a person has taken note of the crash
==========  ========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from propel_helper.facts.run import FixedFile, FixRecord, Observed, RunState

Event = Mapping[str, Any]
_T = TypeVar("_T")

_LATEST = 253_402_300_800.0
"""The year 10000, which no calendar here has."""
_LARGEST = 2**31 - 1
"""No process id, exit status or count is larger."""


@dataclass(frozen=True)
class Ending:
    """How an attempt ended. ``ended``: seconds since the epoch, None when nothing tells.

    ``final``: nothing that comes later can tell more.
    """

    state: RunState
    exit_status: int | None
    reason: str
    ended: float | None
    final: bool = True


@dataclass(frozen=True)
class Window:
    """Where an attempt is held; the fields of ``sessions.port.Held``."""

    session: str
    place: str
    window: str
    pid: int
    born: str


@dataclass(frozen=True)
class Attempt:
    """One start of a run's command.

    Paths are absolute; ``boot`` names that start of the machine; ``moved``: the session of the
    attempt before was gone, so that it got a new one; ``oom_kills``: how many processes of its
    control group the kernel had killed for want of memory before, None where nothing tells;
    ``oom_counter``: the file that counts them, "" where there is none;
    ``inode``: of the log's file, which may get another name meanwhile;
    ``options``: what a scheduler was asked for besides (``sessions.port.Order``); ``python``:
    absolute path of the interpreter that the text would get, None where that could not be told;
    ``debugged``: the text that was started instead of ``command``, the same under a debugger, else
    "".
    """

    number: int
    command: str
    log: str
    text_file: str
    nonce: str
    boot: str
    started: float
    inode: int | None = None
    options: str = ""
    debugged: str = ""
    window: Window | None = None
    moved: bool = False
    oom_kills: int | None = None
    oom_counter: str = ""
    python: str | None = None
    observed: Observed | None = None
    refused: str | None = None
    killed: float | None = None
    dismissed: bool = False
    ending: Ending | None = None


@dataclass(frozen=True)
class Record:
    """A run with all its attempts, oldest first; there is at least one.

    ``windows``: every window that was opened for it, oldest first.
    """

    run: str
    cwd: str
    backend: str
    name: str
    host: str
    attempts: tuple[Attempt, ...]
    fixes: tuple[FixRecord, ...] = field(default=())
    windows: tuple[Window, ...] = field(default=())

    @property
    def last(self) -> Attempt:
        """The attempt that everybody speaks of."""
        return self.attempts[-1]

    @property
    def window(self) -> Window | None:
        """The last window that came up: its session is the run's."""
        return self.windows[-1] if self.windows else None


def fold(events: Iterable[Event]) -> Record | None:
    """What ``events`` add up to, or None when they don't hold a launch.

    Events that lack something or are of an unknown kind are passed over.
    """
    launched: Event | None = None
    attempts: dict[int, Attempt] = {}
    fixes: list[FixRecord] = []
    windows: list[Window] = []
    for event in events:
        try:
            kind = event["event"]
            if kind == "launched":
                launched = launched or {
                    key: _text(event[key]) for key in ("run", "cwd", "backend", "name", "host")
                }
            elif kind == "attempt":
                attempt = _attempt(event)
                attempts[attempt.number] = attempt
            elif kind == "step":
                windows.append(_window(event))
            elif kind == "fixed":
                fixes.append(_fix(event, len(fixes) + 1))
            elif kind in ("rewritten", "reverted"):
                index = _count(event["number"], least=1) - 1
                fixes[index] = (
                    replace(fixes[index], reverted=True)
                    if kind == "reverted"
                    else replace(fixes[index], files=fixes[index].files + _files(event))
                )
            else:
                number = _count(event["attempt"], least=1)
                attempts[number] = _changed(attempts[number], kind, event)
                if kind == "started":
                    windows.append(_window(event))
        except (LookupError, TypeError, ValueError, ArithmeticError, RecursionError):
            continue
    if launched is None or not attempts:
        return None
    ordered = tuple(attempts[number] for number in sorted(attempts))
    return Record(**launched, attempts=ordered, fixes=tuple(fixes), windows=tuple(windows))


def _attempt(event: Event) -> Attempt:
    return Attempt(
        number=_count(event["attempt"], least=1),
        command=_text(event["command"]),
        log=_path(event["log"]),
        text_file=_path(event["text_file"]),
        nonce=_text(event["nonce"]),
        boot=_text(event["boot"]),
        started=_time(event["time"]),
        inode=_or_none(_inode, event.get("inode")),
        options=_text(event.get("options", "")),
        debugged=_text(event.get("debugged", "")),
    )


def _text(value: object) -> str:
    """What can be a file's name or an argument. Raises ``TypeError``, ``ValueError`` for others."""
    if not isinstance(value, str):
        raise TypeError(value)
    # Surrogates that stand for no byte can't be encoded.
    if b"\0" in value.encode("utf-8", "surrogateescape"):
        raise ValueError(value)
    return value


def _path(value: object) -> str:
    path = _text(value)
    if not path.startswith("/"):
        raise ValueError(value)
    return path


def _count(value: object, least: int = 0) -> int:
    """A whole number. Raises ``TypeError``, ``ValueError`` for what is none, or out of bounds."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    if not least <= value <= _LARGEST:
        raise ValueError(value)
    return value


def _number(value: object) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(value)
    return float(value)


def _inode(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _or_none(read: Callable[[object], _T], value: object) -> _T | None:
    """What an event can do without: its window counts, whatever became of this."""
    try:
        return read(value)
    except (TypeError, ValueError):
        return None


def _time(value: object) -> float:
    """Seconds since the epoch. Raises ``ValueError`` for what no clock shows."""
    seconds = _number(value)
    if not 0 <= seconds < _LATEST:
        raise ValueError(value)
    return seconds


def _window(event: Event) -> Window:
    return Window(
        session=_text(event["session"]),
        place=_text(event["place"]),
        window=_text(event["window"]),
        pid=_count(event["pid"]),
        born=_text(event["born"]),
    )


def _changed(attempt: Attempt, kind: str, event: Event) -> Attempt:
    if kind == "started":
        return replace(
            attempt,
            window=_window(event),
            moved=event.get("moved") is True,
            oom_kills=_or_none(_count, event.get("oom_kills")),
            oom_counter=_or_none(_text, event.get("oom_counter")) or "",
            python=_or_none(_text, event.get("python")),
        )
    if kind == "observed":
        return replace(attempt, observed=_observed(event))
    if kind == "refused":
        return replace(attempt, refused=_text(event["reason"]))
    if kind == "killed":
        return replace(attempt, killed=_time(event["time"]))
    if kind == "dismissed":
        return replace(attempt, dismissed=True)
    if kind == "ended" and attempt.ending is None:
        status, ended = event["exit_status"], event["ended"]
        if event["state"] == RunState.RUNNING.value:
            raise ValueError(event["state"])
        ending = Ending(
            state=RunState(event["state"]),
            exit_status=None if status is None else _count(status),
            reason=_text(event["reason"]),
            ended=None if ended is None else _time(ended),
        )
        return replace(attempt, ending=ending)
    return attempt


def _observed(event: Event) -> Observed:
    python = event["python"]
    return Observed(
        pid=_count(event["pid"]),
        arguments=_texts(event["arguments"]),
        program=_text(event["program"]),
        python=None if python is None else _text(python),
        cwd=_text(event["cwd"]),
        environment=_text(event["environment"]),
        differs=_texts(event["differs"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(_text, value))


def _files(event: Event) -> tuple[FixedFile, ...]:
    return tuple(
        FixedFile(_path(one["file"]), _path(one["before"]), _text(one["after"]))
        for one in event.get("files", ())
    )


def _fix(event: Event, number: int) -> FixRecord:
    step = event.get("step")
    return FixRecord(
        rule=_text(event["rule"]),
        fix=_text(event["fix"]),
        fingerprint=_text(event["fingerprint"]),
        attempt=_count(event["attempt"]),
        changes=_texts(event["changes"]),
        at=_time(event["time"]),
        number=number,
        files=_files(event),
        step=None if step is None else _number(step),
    )
