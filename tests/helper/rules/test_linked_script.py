"""A script that is a link stays one: what is rewritten is the file that it leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import CommandStep
from propel_helper.rules.environment import shell_script_error

SAID = "bash: ./scripts/train.sh: cannot execute: required file not found"


def command(root: Path) -> CommandStep:
    around = LocalSurroundings(root, root, "./scripts/train.sh")
    told = shell_script_error.explain(Crash(CrashKind.SHELL, None, SAID), around)
    assert told is not None
    step = told.fixes[0].steps[0]
    assert isinstance(step, CommandStep)
    return step


@pytest.fixture
def root(tmp_path: Path) -> Path:
    top = tmp_path / "project"
    (top / "scripts").mkdir(parents=True)
    return top


def test_the_linked_file_is_rewritten(root: Path) -> None:
    (root / "shared.sh").write_bytes(b"#!/bin/bash\r\necho\r\n")
    (root / "scripts" / "train.sh").symlink_to("../shared.sh")
    step = command(root)
    assert step.command == r"sed -i 's/\r$//' shared.sh"
    assert step.rewrites == "shared.sh"
    assert step.changes == "the line ends of `shared.sh`, which `./scripts/train.sh` links to"


def test_also_outside_of_the_runs_folder(root: Path) -> None:
    shared = root.parent / "shared.sh"
    shared.write_bytes(b"#!/bin/bash\r\necho\r\n")
    (root / "scripts" / "train.sh").symlink_to(shared)
    assert command(root).rewrites == str(shared.resolve())


def test_a_plain_file_goes_by_its_name(root: Path) -> None:
    (root / "scripts" / "train.sh").write_bytes(b"#!/bin/bash\r\necho\r\n")
    assert command(root).rewrites == "./scripts/train.sh"
