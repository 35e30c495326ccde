"""No fix takes back what an earlier fix of the same run did."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from propel_helper.app.undone import without_undone
from propel_helper.facts.finding import (
    Category,
    Edit,
    Finding,
    Fix,
    GuideStep,
    RerunStep,
    Safety,
    Scope,
    Step,
)
from propel_helper.facts.run import FixedFile, FixRecord


def finding(*fixes: Fix) -> Finding:
    return Finding(
        scope=Scope.RUNTIME,
        category=Category.CONFIG,
        rule="missing-config-entry",
        exception="KeyError",
        message="'heads'",
        error="",
        because="",
        at=None,
        ranks=(),
        frames=(),
        fixes=fixes,
        redirect=None,
    )


def fix(name: str, step: Step) -> Fix:
    return Fix(name, name, name, Safety.ASK, (step,))


def rename(old: str, new: str) -> Step:
    return Edit("c.yaml", 1, 0, 1, len(old), old, new)


def after_a_fix(folder: Path, *, reverted: bool = False) -> tuple[Any, Any]:
    """A run whose first fix wrote ``head`` for ``heads``, and its record."""
    (folder / "c.yaml").write_text("head: 4\n")
    (folder / "before").write_text("heads: 4\n")
    changed = FixedFile(str(folder / "c.yaml"), str(folder / "before"), "")
    done = FixRecord("r", "f", "", 1, ("c.yaml:1",), 0.0, 1, (changed,), reverted)
    attempts = [SimpleNamespace(number=1, command="python a.py")]
    return SimpleNamespace(fixes=(done,)), SimpleNamespace(attempts=attempts)


def test_the_earlier_fix_is_not_taken_back(tmp_path: Path) -> None:
    run, record = after_a_fix(tmp_path)
    (left,) = without_undone(
        (finding(fix("back", rename("head", "heads"))),), run, record, tmp_path
    )
    (told,) = left.fixes
    assert isinstance(told.steps[0], GuideStep)
    assert "takes back fix 1 of this run (c.yaml:1)" in told.by


def test_nor_is_the_command_of_before(tmp_path: Path) -> None:
    run, record = after_a_fix(tmp_path)
    back = fix("back", RerunStep("python b.py", "python a.py"))
    other = fix("other", RerunStep("python b.py", "python c.py"))
    (left,) = without_undone((finding(back, other),), run, record, tmp_path)
    assert left.fixes == (other,)


def test_other_changes_and_what_was_reverted_stay(tmp_path: Path) -> None:
    run, record = after_a_fix(tmp_path)
    one = finding(fix("on", rename("head", "width")))
    assert without_undone((one,), run, record, tmp_path) == (one,)
    run, record = after_a_fix(tmp_path, reverted=True)
    back = finding(fix("back", rename("head", "heads")))
    assert without_undone((back,), run, record, tmp_path) == (back,)
