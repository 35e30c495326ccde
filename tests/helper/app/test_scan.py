"""Scanning small made-up projects, from the folder to the report."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest

from propel_helper.app.arguments import options
from propel_helper.app.placed import folder_of
from propel_helper.app.scan import Scanner, scan
from propel_helper.facts.problem import Problem

LOOP = """
import argparse
import torch

def main():
    loss = torch.zeros(1, requires_grad=True)
    loss.backward()

if __name__ == "__main__":
    argparse.ArgumentParser().parse_args()
    main()
"""

ABOVE = "# Net\n## Training\n```\npython examples/net/train.py --config x\n```\n"


def put(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")


def commands(root: Path) -> list[str]:
    return [row.command for row in scan(str(root)).commands]


def test_an_empty_folder_gives_an_empty_report(tmp_path: Path) -> None:
    report = scan(str(tmp_path))
    assert report.commands == ()
    assert report.configs == ()
    assert report.environment.python.version is None


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no folder"):
        scan(str(tmp_path / "absent"))


@pytest.mark.parametrize(
    "path",
    [
        "train.py",
        "train_big.py",
        "run.py",
        "main_net.py",
        "scripts/train.py",
        "tools/run_net.py",
        "bin/main.py",
    ],
)
def test_scripts_in_the_usual_places(tmp_path: Path, path: str) -> None:
    put(tmp_path, {path: LOOP})
    assert commands(tmp_path) == [f"python {path}"]


@pytest.mark.parametrize("path", ["run.sh", "scripts/go.sh", "bin/train.sh"])
def test_shell_scripts_that_start_a_training(tmp_path: Path, path: str) -> None:
    put(tmp_path, {"train.py": LOOP, path: "python train.py --lr 1\n"})
    assert f"bash {path}" in commands(tmp_path)


def test_the_documented_command_stands_first(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "train.py": LOOP,
            "eval.py": LOOP.replace("loss.backward()", "pass"),
            "README.md": """
            # Net

            ## Training

            ```bash
            $ python eval.py --checkpoint x
            $ python train.py \\
                --config configs/base.yaml   # the small one
            ```
            """,
            "configs/base.yaml": "lr: 1\n",
        },
    )
    report = scan(str(tmp_path))
    first = report.commands[0]
    assert first.command == "python train.py --config configs/base.yaml"
    assert (first.source, first.file, first.line) == ("readme", "README.md", 8)
    assert first.notes
    assert report.configs == ("configs/base.yaml",)
    assert not any("eval.py" in row.command for row in report.commands)


def test_a_cd_line_gives_the_folder_to_run_in(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "src/train.py": LOOP,
            "README.md": "```\ncd src\n```\n\nand then\n\n```\npython train.py --fast\n```\n",
        },
    )
    first = scan(str(tmp_path)).commands[0]
    assert (first.command, first.cwd) == ("python train.py --fast", "src")


def test_odd_files_are_no_obstacle(tmp_path: Path) -> None:
    put(tmp_path, {"train.py": LOOP})
    (tmp_path / "README.md").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "main.py").write_bytes(b"if __name__ == '__main__':\n\0\0train()\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "README.md").write_text("```\npython train.py\n```\n" * 400_000)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "run.sh").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "train_pipe.sh")
    (tmp_path / os.fsdecode(b"train_\xff.py")).write_text(LOOP)
    (tmp_path / "pyproject.toml").write_text("[project\n")
    report = scan(str(tmp_path))
    assert "python train.py" in [row.command for row in report.commands]
    assert report.skipped == ("run.sh: can't be read", "train_pipe.sh: can't be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, {"train.py": LOOP, "closed/train.py": LOOP})
    (tmp_path / "closed").chmod(0)
    try:
        assert commands(tmp_path) == ["python train.py"]
    finally:
        (tmp_path / "closed").chmod(0o755)


def test_what_the_project_declares(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "pyproject.toml": '[project]\nname="x"\nrequires-python = ">=3.9"\n',
            "requirements.txt": "torch==2.4.0\nwandb\n",
        },
    )
    found = scan(str(tmp_path)).environment
    assert (found.python.version, found.python.source) == (">=3.9", "pyproject.toml")
    assert [(one.name, one.version) for one in found.frameworks] == [("torch", "==2.4.0")]
    assert found.trackers == ("wandb",)


def test_only_changed_files_are_read_again(tmp_path: Path) -> None:
    put(tmp_path, {"train.py": LOOP, "README.md": "```\npython train.py --a\n```\n"})
    scanner = Scanner(str(tmp_path))
    assert scanner.scan().commands[0].command == "python train.py --a"
    put(tmp_path, {"README.md": "```\npython train.py --other\n```\n"})
    assert scanner.scan().commands[0].command == "python train.py --other"
    (tmp_path / "README.md").unlink()
    assert [row.command for row in scanner.scan().commands] == ["python train.py"]
    put(tmp_path, {"sub/main.py": LOOP})
    assert "python sub/main.py" in [row.command for row in scanner.scan().commands]
    (tmp_path / "train.py").unlink()
    assert [row.command for row in scanner.scan().commands] == ["python sub/main.py"]


def test_a_scan_in_parts_ends_with_the_whole(tmp_path: Path) -> None:
    put(tmp_path, {f"net_{at}/train.py": LOOP for at in range(5)} | {"train.py": LOOP})
    os.mkfifo(tmp_path / "run.py")
    scanner = Scanner(str(tmp_path))
    *parts, last = scanner.reports(0)
    assert parts
    assert all(one.unfinished for one in parts)
    assert not last.unfinished
    assert last == scan(str(tmp_path))
    assert "run.py: can't be read" in last.skipped
    assert len(list(scanner.reports(0))) == 1


def test_a_script_that_only_a_document_leads_to_is_read(tmp_path: Path) -> None:
    deep = "a/b/c/d/e/fitting.py"
    put(tmp_path, {deep: LOOP, "README.md": f"## Training\n\n```\npython {deep}\n```\n"})
    first = scan(str(tmp_path)).commands[0]
    assert (first.command, first.entry) == (f"python {deep}", deep)
    assert "optimiser" in first.notes


def test_nothing_of_the_project_is_run(tmp_path: Path) -> None:
    harm = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    put(
        tmp_path,
        {
            "setup.py": harm,
            "train.py": harm + LOOP,
            "conftest.py": harm,
            "sitecustomize.py": harm,
            "run.sh": f"touch {tmp_path}/ran; python train.py\n",
            "Makefile": f"X := $(shell touch {tmp_path}/ran)\ntrain:\n\tpython train.py\n",
            "pyproject.toml": "[project.scripts]\nnet = 'train:main'\n",
        },
    )
    assert scan(str(tmp_path)).commands
    assert not (tmp_path / "ran").exists()


def test_options_are_found_for_a_command_that_runs_above_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "examples" / "net"
    put(folder, {"train.py": LOOP.replace("parse_args()", "add_argument('--config')"),
                 "configs/a.yaml": "lr: 1\n", "README.md": ABOVE})  # fmt: skip
    row = scan(str(folder)).commands[0]
    assert (row.command, row.cwd) == ("python examples/net/train.py --config x", "../..")
    assert [one.values for one in options(str(folder), row.command, row.cwd)] == [
        ("examples/net/configs/a.yaml",)
    ]
    assert folder_of(str(folder), row.cwd) == tmp_path
