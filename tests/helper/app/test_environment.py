"""Declarations beside what the host has: a real virtual environment, made-up homes."""

from __future__ import annotations

import venv
from pathlib import Path

import pytest

from propel_helper.app.environment import with_host
from propel_helper.facts.command import Environment, FrameworkFact, PythonFact, TrainingCommand
from propel_helper.facts.gpu import GpuReport

NO_GPU = GpuReport((), reason="none")


def command(text: str) -> TrainingCommand:
    return TrainingCommand(text, "readme", "README.md", 1, "", 1.0)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with an environment of its own that has torch's name in it."""
    venv.create(tmp_path / "p" / ".venv", with_pip=False, symlinks=True)
    packages = next((tmp_path / "p" / ".venv").glob("lib/python3*/site-packages"))
    (packages / "torch-2.4.0+cpu.dist-info").mkdir()
    return tmp_path / "p"


def environ(project: Path, path: str) -> dict[str, str]:
    return {"PATH": path, "HOME": str(project.parent)}


DECLARED = Environment(
    PythonFact(">=3.8", "setup.py"), (FrameworkFact("torch", ">=2"),), {}, (), ("wandb",)
)


def test_the_interpreter_that_the_command_gets(project: Path) -> None:
    found = with_host(
        DECLARED,
        str(project),
        command(".venv/bin/python train.py"),
        NO_GPU,
        environ(project, "/usr/bin"),
    )
    assert found.python.interpreter == str(project / ".venv" / "bin" / "python")
    assert found.python.own
    assert found.python.version == ">=3.8"
    assert found.frameworks == (FrameworkFact("torch", ">=2", "2.4.0+cpu"),)


def test_an_environment_that_is_not_switched_on_is_spoken_of(project: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    other = tmp_path / "bin" / "python"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    found = with_host(
        DECLARED,
        str(project),
        command("python train.py"),
        NO_GPU,
        environ(project, str(other.parent)),
    )
    assert found.python.interpreter == str(other)
    assert not found.python.own
    assert any(".venv/bin/python" in note for note in found.notes)


def test_uv_run_takes_the_environment_of_the_project(project: Path) -> None:
    found = with_host(
        DECLARED, str(project), command("uv run python train.py"), NO_GPU, environ(project, "")
    )
    assert found.python.interpreter == str(project / ".venv" / "bin" / "python")


def test_a_shim_leads_to_its_version(tmp_path: Path) -> None:
    root = tmp_path / "pyenv"
    venv.create(root / "versions" / "3.9.1", with_pip=False, symlinks=True)
    (root / "shims").mkdir()
    (root / "shims" / "python").write_text("#!/bin/sh\n")
    (root / "shims" / "python").chmod(0o755)
    (root / "version").write_text("3.9.1\n")
    found = with_host(
        DECLARED,
        str(tmp_path),
        command("python train.py"),
        NO_GPU,
        environ(tmp_path, str(root / "shims")),
    )
    assert found.python.found is not None


@pytest.mark.parametrize(
    ("more", "asks"),
    [({}, True), ({"WANDB_API_KEY": "x"}, False), ({"WANDB_MODE": "offline"}, False)],
)
def test_wandb_without_a_login(project: Path, more: dict[str, str], asks: bool) -> None:
    found = with_host(
        DECLARED, str(project), None, NO_GPU, {**environ(project, "/usr/bin"), **more}
    )
    assert any("no login" in note for note in found.notes) is asks


def test_no_python_at_all(tmp_path: Path) -> None:
    found = with_host(DECLARED, str(tmp_path), None, NO_GPU, {"PATH": ""})
    assert found.python.interpreter is None
    assert found.frameworks[0].installed is None
