"""A run's record: what its events add up to.

Events are JSON objects, one a line; each has ``event`` and ``time`` (seconds since the epoch).

==========  ========================================================================
launched    run, cwd, backend, name (of the session), host
attempt     attempt, command, options, debugged, log, text_file, nonce, boot: written before it starts
started     attempt, session, place, window, pid, born, moved, oom_kills, oom_counter, python: its
            window is up
observed    attempt, pid, arguments, program, python, cwd, environment, differs: what really runs
step        session, place, window, pid, born, command, log: a fix's command runs in a window
refused     attempt, reason: its window did not come up
killed      attempt: a person asked Propel to end it
ended       attempt, state, exit_status, reason, ended: how it ended, once that was seen
fixed       rule, fix, fingerprint, attempt, step, changes, files (file, before, after)
reverted    number: the originals of that fix were brought back
dismissed   attempt: a person has taken note of the crash
==========  ========================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from propel_helper.facts.run import FixedFile, FixRecord, Observed, RunState

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Ending:
    """How an attempt ended. ``ended``: seconds since the epoch, None when nothing tells."""

    state: RunState
    exit_status: int | None
    reason: str
    ended: float | None


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
                    key: str(event[key]) for key in ("run", "cwd", "backend", "name", "host")
                }
            elif kind == "attempt":
                attempt = _attempt(event)
                attempts[attempt.number] = attempt
            elif kind == "step":
                windows.append(_window(event))
            elif kind == "fixed":
                fixes.append(_fix(event, len(fixes) + 1))
            elif kind == "reverted":
                index = int(event["number"]) - 1
                fixes[index] = replace(fixes[index], reverted=True)
            else:
                number = int(event["attempt"])
                attempts[number] = _changed(attempts[number], kind, event)
                if kind == "started":
                    windows.append(_window(event))
        except (KeyError, TypeError, ValueError, IndexError):
            continue
    if launched is None or not attempts:
        return None
    ordered = tuple(attempts[number] for number in sorted(attempts))
    return Record(**launched, attempts=ordered, fixes=tuple(fixes), windows=tuple(windows))


def _attempt(event: Event) -> Attempt:
    return Attempt(
        number=int(event["attempt"]),
        command=str(event["command"]),
        log=str(event["log"]),
        text_file=str(event["text_file"]),
        nonce=str(event["nonce"]),
        boot=str(event["boot"]),
        started=float(event["time"]),
        options=str(event.get("options", "")),
        debugged=str(event.get("debugged", "")),
    )


def _window(event: Event) -> Window:
    return Window(
        session=str(event["session"]),
        place=str(event["place"]),
        window=str(event["window"]),
        pid=int(event["pid"]),
        born=str(event["born"]),
    )


def _changed(attempt: Attempt, kind: str, event: Event) -> Attempt:
    if kind == "started":
        kills, python = event.get("oom_kills"), event.get("python")
        return replace(
            attempt,
            window=_window(event),
            moved=event.get("moved") is True,
            oom_kills=kills if isinstance(kills, int) else None,
            oom_counter=str(event.get("oom_counter") or ""),
            python=python if isinstance(python, str) else None,
        )
    if kind == "observed":
        return replace(attempt, observed=_observed(event))
    if kind == "refused":
        return replace(attempt, refused=str(event["reason"]))
    if kind == "killed":
        return replace(attempt, killed=float(event["time"]))
    if kind == "dismissed":
        return replace(attempt, dismissed=True)
    if kind == "ended" and attempt.ending is None:
        status, ended = event["exit_status"], event["ended"]
        ending = Ending(
            state=RunState(event["state"]),
            exit_status=None if status is None else int(status),
            reason=str(event["reason"]),
            ended=None if ended is None else float(ended),
        )
        return replace(attempt, ending=ending)
    return attempt


def _observed(event: Event) -> Observed:
    python = event["python"]
    return Observed(
        pid=int(event["pid"]),
        arguments=tuple(str(word) for word in event["arguments"]),
        program=str(event["program"]),
        python=None if python is None else str(python),
        cwd=str(event["cwd"]),
        environment=str(event["environment"]),
        differs=tuple(str(sentence) for sentence in event["differs"]),
    )


def _fix(event: Event, number: int) -> FixRecord:
    step = event.get("step")
    return FixRecord(
        rule=str(event["rule"]),
        fix=str(event["fix"]),
        fingerprint=str(event["fingerprint"]),
        attempt=int(event["attempt"]),
        changes=tuple(str(change) for change in event["changes"]),
        at=float(event["time"]),
        number=number,
        files=tuple(
            FixedFile(str(one["file"]), str(one["before"]), str(one["after"]))
            for one in event.get("files", ())
        ),
        step=float(step) if isinstance(step, (int, float)) else None,
    )
