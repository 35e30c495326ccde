"""Files that a person has changed since a run crashed: what a step advises may be done already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.finding import Finding, Fix, GuideStep
from propel_helper.facts.run import Run
from propel_helper.rules import texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

_SLACK_S = 2.0
"""Seconds that clocks and file systems differ by, and that a run takes to put its files down."""
_MOST = 2


def told(found: tuple[Finding, ...], run: Run, around: LocalSurroundings) -> tuple[Finding, ...]:
    """``found`` with the changed files named in steps that nothing but a person can take."""
    ended = run.ended
    return found if ended is None else tuple(_told(one, ended, around) for one in found)


def _told(finding: Finding, ended: float, around: LocalSurroundings) -> Finding:
    if not finding.fixes or any(fix.kind != "guide" for fix in finding.fixes):
        return finding
    changed = [file for file in _files(finding, around) if _is_newer(file, ended, around)]
    if not changed:
        return finding
    which = " and ".join(map(code, changed[:_MOST]))
    has = "have" if len(changed) > 1 else "has"
    words = f"{which} {has} changed since the run ended: if that was to mend it, restart the run. "
    return replace(finding, fixes=tuple(_with(words, fix) for fix in finding.fixes))


def _with(words: str, fix: Fix) -> Fix:
    (step, *_) = fix.steps
    assert isinstance(step, GuideStep)
    return guide(fix.id, fix.title, words + step.text, fix.safety)


def _files(finding: Finding, around: LocalSurroundings) -> Iterator[str]:
    """What the crash points at, as the project calls it: its place, the person's code, the configs."""
    named = [finding.at.file] if finding.at else []
    own = [frame.file for frame in finding.frames if frame.user]
    configs = texts.config_files(around)
    yield from dict.fromkeys(around.shown(file) for file in (*named, *configs, *reversed(own)))


def _is_newer(file: str, ended: float, around: LocalSurroundings) -> bool:
    path: Path | None = around.find(file)
    try:
        return path is not None and path.stat().st_mtime > ended + _SLACK_S
    except OSError:
        return False
