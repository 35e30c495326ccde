"""``propel-helper options`` as people and scripts call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from propel_helper.cli import main


def test_options_as_json_and_as_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "train.py").write_text(
        "p.add_argument('--lr', type=float, default=0.1, help='rate')\n"
    )
    assert main(["options", str(tmp_path), "--command", "python train.py", "--json"]) == 0
    (option,) = json.loads(capsys.readouterr().out)
    assert {"name", "type", "default", "choices", "help", "takes_path"} <= option.keys()
    assert main(["options", str(tmp_path), "--command", "python train.py"]) == 0
    assert capsys.readouterr().out == "--lr (float) default 0.1\n      rate\n"


def test_a_script_without_options_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "train.py").write_text("")
    assert main(["options", str(tmp_path), "--command", "python train.py"]) == 0
    assert "no option" in capsys.readouterr().out


def test_a_command_that_starts_nothing_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["options", str(tmp_path), "--command", "ls"]) == 2
    assert "starts no Python file" in capsys.readouterr().err
