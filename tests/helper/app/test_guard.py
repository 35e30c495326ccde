"""No fix reaches what training means, whatever the rule that offers it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from propel_helper.app import diagnose
from propel_helper.app.fix import choose
from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.crash import Crash, CrashKind, Frame
from propel_helper.facts.finding import Category, Edit, Explanation, Fix, Safety
from propel_helper.facts.problem import Problem
from propel_helper.facts.sentences import REDIRECT
from propel_helper.rules import Rule

CODE = """\
import torch

class Net(torch.nn.Module):
    def forward(self, x):
        return x * 2

opt = torch.optim.SGD(Net().parameters(), lr=0.1)
for batch in range(8):
    loss = 0.5 * batch
"""


def offered(
    tmp_path: Path, old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, str]:
    (tmp_path / "train.py").write_text(CODE)
    at = CODE.index(old)
    line = CODE.count("\n", 0, at) + 1
    column = at - (CODE.rfind("\n", 0, at) + 1)
    edit = Edit("train.py", line, column, line, column + len(old), old, new)
    fix = Fix("wrong", "Change it", "changing it", Safety.SAFE, (edit,))
    rule = Rule(
        "a-rule-gone-wrong",
        Category.CUDA,
        ("RuntimeError",),
        lambda _crash, _surroundings: Explanation("an error", "it says so", fixes=(fix,)),
    )
    monkeypatch.setattr(diagnose, "rules_for", lambda _crash: (rule,))
    crash = Crash(CrashKind.EXCEPTION, "RuntimeError", "x", (Frame("train.py", 7, "<module>"),))
    (finding,) = diagnose.findings(
        (crash,), LocalSurroundings(tmp_path, tmp_path, "python train.py")
    )
    try:
        return {"fix": choose((finding,), None)[1].id}
    except Problem as problem:
        return {"refused": str(problem)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lr=0.1", "lr=0.01"),
        ("range(8)", "range(4)"),
        ("return x * 2", "pass"),
        ("forward(self, x)", "forward(self, x, mask=None)"),
        ("class Net(torch.nn.Module)", "class Net(torch.nn.Linear)"),
        ("0.5 * batch", "batch"),
    ],
)
def test_an_edit_of_model_loss_data_or_optimiser_is_refused_with_the_redirect(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert REDIRECT in offered(tmp_path, old, new, monkeypatch)["refused"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Net().parameters()", 'Net().to("cpu").parameters()'),
        ("import torch", "import os\nimport torch"),
        ("class Net(torch.nn.Module)", "class Net(torch.nn.modules.Module)"),
    ],
)
def test_an_edit_beside_them_is_offered(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(tmp_path, old, new, monkeypatch) == {"fix": "wrong"}


def test_an_edit_that_changes_nothing_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = offered(tmp_path, "import torch", "import torch", monkeypatch)
    assert "refused" in said
    assert REDIRECT not in said["refused"]
