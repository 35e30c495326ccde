"""From a log to what Propel says of the crash it ends in."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from propel_helper import gate
from propel_helper.app.guard import reaches_training
from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import (
    Category,
    Edit,
    Explanation,
    Finding,
    Fix,
    OwnedFrame,
    Place,
    RerunStep,
    Scope,
)
from propel_helper.facts.problem import Problem
from propel_helper.facts.sentences import REDIRECT
from propel_helper.facts.surroundings import Surroundings
from propel_helper.regular import stream
from propel_helper.rules import Rule, rules_for
from propel_helper.rules.unexplained import RULE as UNEXPLAINED
from propel_helper.tracebacks.ranked import is_aftermath
from propel_helper.tracebacks.reader import LogReader

log = logging.getLogger("propel.diagnose")

CHUNK = 4 * 1024 * 1024
"""Bytes read at once."""
END = 8 * 1024 * 1024
"""Bytes of a large log's end that are looked at first: a crash is what a log ends in."""


def findings(crashes: Iterable[Crash], surroundings: LocalSurroundings) -> tuple[Finding, ...]:
    """What Propel says of each crash, in order."""
    return tuple(_finding(crash, surroundings) for crash in crashes)


def diagnose_log(
    log: Path | bytes,
    root: Path | None = None,
    command: str | None = None,
    *,
    cwd: Path | None = None,
) -> tuple[Finding, ...]:
    """What a log that is at rest says. ``log``: a path, or the bytes themselves.

    Raises:
        Problem: the log can't be read.
    """
    surroundings = LocalSurroundings(root, cwd, command)
    if isinstance(log, bytes):
        reader = LogReader()
        reader.feed(log)
        return findings(reader.crashes(ended=True), surroundings)
    return findings(_at_the_end(log) or _in_all(log), surroundings)


def _at_the_end(log: Path) -> tuple[Crash, ...]:
    """The crash that the last bytes of a large log show by themselves, else nothing."""
    try:
        size = log.stat().st_size
        if size <= 2 * END:
            return ()
        with log.open("rb", buffering=0) as file:
            file.seek(size - END)
            reader = LogReader(start=size - END)
            _pump(reader, file)
    except OSError:
        return ()
    # What another process's death explains may have its cause further up.
    return tuple(crash for crash in reader.crashes(ended=True) if not is_aftermath(crash))


def _in_all(log: Path) -> tuple[Crash, ...]:
    reader = LogReader()
    read_into(reader, log)
    return reader.crashes(ended=True)


def diagnose_stream(
    opened: BinaryIO, root: Path | None = None, command: str | None = None
) -> tuple[Finding, ...]:
    """What the bytes of ``opened``, read to its end, say."""
    reader = LogReader()
    _pump(reader, opened)
    return findings(reader.crashes(ended=True), LocalSurroundings(root, None, command))


def read_into(reader: LogReader, log: Path, *, regular: bool = False) -> None:
    """Feed all bytes of ``log`` to ``reader``; ``regular``: refuse what is no regular file.

    Raises:
        Problem: it can't be read.
    """
    try:
        with stream(log) if regular else log.open("rb", buffering=0) as file:
            _pump(reader, file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(
            f"Can't read {log}: {reason}.", "Name a readable log file or a run."
        ) from error


def _pump(reader: LogReader, opened: BinaryIO) -> None:
    buffer = bytearray(CHUNK)
    while count := opened.readinto(buffer):  # type: ignore[attr-defined]
        reader.feed(buffer if count == CHUNK else buffer[:count])


def explain(crash: Crash, surroundings: Surroundings) -> tuple[Rule, Explanation]:
    """The rule that claims ``crash``, and what it says; logic before anything else in doubt.

    What nothing is known of is what it was raised from: ``raise RuntimeError(...) from error``.
    """
    for one in (crash, *_below(crash)):
        for rule in rules_for(one):
            said = _said(rule, one, surroundings)
            if said is not None:
                return rule, said
    return fallback(crash, surroundings)


def _below(crash: Crash) -> Iterator[Crash]:
    """What ``crash`` hands on: the error in a Ray task, and those that it was raised from."""
    outer, _, inner = (crash.exception or "").partition("(")
    kind = inner.rstrip(")")
    told = crash.message.rpartition(f"\n{kind}: ")[2] if kind else ""
    if outer.endswith("RayTaskError") and told != crash.message:
        yield replace(crash, exception=kind, message=told)
    for raised in reversed(crash.chain):
        if not raised.caused:
            break
        yield replace(
            crash,
            exception=raised.exception,
            message=raised.message,
            frames=raised.frames,
            chain=(),
        )


def _said(rule: Rule, crash: Crash, surroundings: Surroundings) -> Explanation | None:
    try:
        return rule.explain(crash, surroundings)
    except Exception:  # a log is any text: one rule's slip must not hide the crash
        log.exception("the rule %s failed", rule.code)
        return None


def fallback(crash: Crash, surroundings: Surroundings) -> tuple[Rule, Explanation]:
    """What is said when no rule knows the crash."""
    said = UNEXPLAINED.explain(crash, surroundings)
    assert said is not None
    return UNEXPLAINED, said


def _finding(crash: Crash, surroundings: LocalSurroundings) -> Finding:
    rule, said = explain(crash, surroundings)
    logic = rule.category is Category.LOGIC
    frames = owned(crash, surroundings)
    fixes = () if logic else said.fixes
    fixes = tuple(fix for fix in fixes if not _changes_nothing(fix))
    allowed = tuple(fix for fix in fixes if not reaches_training(fix, surroundings))
    refused = bool(fixes) and not allowed
    return Finding(
        scope=Scope.LOGIC if logic else Scope.RUNTIME,
        category=rule.category,
        rule=rule.code,
        exception=crash.exception,
        message=crash.message,
        error=said.error,
        because=said.because,
        at=_shown(said.at or place(frames) or _edited(allowed), surroundings),
        ranks=crash.ranks,
        frames=frames,
        fixes=tuple(_shown_fix(fix, surroundings) for fix in allowed),
        redirect=REDIRECT if logic or refused else None,
    )


def _changes_nothing(fix: Fix) -> bool:
    """Whether every step writes what stands there already: a rule's slip, no person's to confirm."""
    return all(
        (isinstance(step, Edit) and step.old_text == step.new_text)
        or (isinstance(step, RerunStep) and step.old == step.new)
        for step in fix.steps
    )


def _edited(fixes: tuple[Fix, ...]) -> Place | None:
    """The line that the first fix edits: what is wrong stands there when no frame tells more."""
    return next(iter(gate.changes(fixes[0])), None) if fixes else None


def _shown(at: Place | None, surroundings: LocalSurroundings) -> Place | None:
    return Place(surroundings.shown(at.file), at.line) if at else None


def _shown_fix(fix: Fix, surroundings: LocalSurroundings) -> Fix:
    """``fix`` with its edits' files named as everything else is: relative to the root."""
    steps = tuple(
        replace(step, file=surroundings.shown(step.file)) if isinstance(step, Edit) else step
        for step in fix.steps
    )
    return replace(fix, steps=steps)


def owned(crash: Crash, surroundings: LocalSurroundings) -> tuple[OwnedFrame, ...]:
    """Frames of ``crash`` with whose code they are, files as they are to be shown."""
    return tuple(
        OwnedFrame(
            surroundings.shown(frame.file),
            frame.line,
            frame.function,
            frame.code,
            surroundings.is_own(frame.file),
        )
        for frame in crash.frames
    )


def place(frames: tuple[OwnedFrame, ...]) -> Place | None:
    """The deepest frame of the person's own code; None when there is none."""
    own = [frame for frame in frames if frame.user]
    return Place(own[-1].file, own[-1].line) if own else None


def crash_json(finding: Finding) -> dict[str, Any]:
    """``finding`` in the shape that ``propel-helper diagnose --json`` prints (DESIGN section 5)."""
    explanation = Explanation(finding.error, finding.because, finding.at, finding.fixes)
    return {
        "scope": finding.scope,
        "category": finding.category,
        "rule": finding.rule,
        "exception": finding.exception,
        "message": finding.message,
        "error": finding.error,
        "because": finding.because,
        "at": finding.at,
        "ranks": finding.ranks,
        "frames": [
            {"file": f.file, "line": f.line, "function": f.function, "user": f.user}
            for f in finding.frames
        ],
        "fixes": [_fix_json(explanation, fix) for fix in finding.fixes],
        "redirect": finding.redirect,
    }


def _fix_json(explanation: Explanation, fix: Fix) -> dict[str, Any]:
    return {
        "id": fix.id,
        "title": fix.title,
        "kind": fix.kind,
        "safety": fix.safety,
        "gate": gate.gate(explanation, fix),
        "changes": gate.changes(fix),
        "steps": fix.steps,
    }
