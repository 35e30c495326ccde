"""Whoever has mended a file since the crash is told that it has changed, not that it is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from propel_helper.app import changed_since
from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.finding import Category, Edit, Finding, Fix, Place, Safety, Scope
from propel_helper.rules.steps import guide

ENDED = 1_000_000.0
STEP = guide("look", "Look", "Correct the key.")


def finding(fix: Fix) -> Finding:
    return Finding(
        scope=Scope.RUNTIME,
        category=Category.CONFIG,
        rule="r",
        exception=None,
        message="",
        error="",
        because="",
        at=Place("train.py", 1),
        ranks=(),
        frames=(),
        fixes=(fix,),
        redirect=None,
    )


@pytest.fixture
def around(tmp_path: Path) -> LocalSurroundings:
    for name in ("train.py", "c.yaml"):
        (tmp_path / name).write_text("a: 1\n")
        os.utime(tmp_path / name, (ENDED - 60, ENDED - 60))
    return LocalSurroundings(tmp_path, tmp_path, "python train.py c.yaml")


def by(fix: Fix, around: LocalSurroundings, ended: float | None = ENDED) -> str:
    run: Any = SimpleNamespace(ended=ended)
    (told,) = changed_since.told((finding(fix),), run, around)
    return told.fixes[0].by


def test_a_changed_config_is_named(around: LocalSurroundings) -> None:
    assert around.root is not None
    assert by(STEP, around) == STEP.by
    os.utime(around.root / "c.yaml", (ENDED + 60, ENDED + 60))
    assert "`c.yaml` has changed since the run ended: if that was to mend it, restart" in by(
        STEP, around
    )
    assert by(STEP, around, ended=None) == STEP.by


def test_a_fix_is_offered_for_the_file_as_it_is(around: LocalSurroundings) -> None:
    assert around.root is not None
    os.utime(around.root / "c.yaml", (ENDED + 60, ENDED + 60))
    edit = Fix("e", "e", "writing it", Safety.ASK, (Edit("c.yaml", 1, 0, 1, 1, "a", "b"),))
    assert by(edit, around) == "writing it"
