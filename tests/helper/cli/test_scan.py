"""``propel-helper scan`` as people and scripts call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from propel_helper.cli import main


def test_json_has_the_shape_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "train.py").write_text("if __name__ == '__main__':\n    train()\n")
    assert main(["scan", str(tmp_path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {"commands", "configs", "environment"} <= report.keys()
    assert {"command", "source", "file", "line", "notes", "score"} <= report["commands"][0].keys()
    assert report["commands"][0]["command"] == "python train.py"
    assert {"python", "frameworks", "cuda", "gpus", "trackers", "precision"} <= report[
        "environment"
    ].keys()
    assert isinstance(report["environment"]["cuda"], dict)


def test_an_empty_folder_says_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(tmp_path)]) == 0
    assert "propel-helper launch -- COMMAND" in capsys.readouterr().out


def test_a_missing_folder_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(tmp_path / "absent")]) == 2
    assert "There is no folder" in capsys.readouterr().err
