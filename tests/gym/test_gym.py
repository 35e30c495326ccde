"""A part of the gym that needs nothing but the helper's own Python: ``npm run gym`` plays all of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.gym.changed import elsewhere
from tests.gym.project import Project, projects
from tests.gym.run import play
from tests.gym.training import Training

PLAYED = (
    "config/argparse_choice",
    "config/json_trailing_comma",
    "config/yaml_scientific",
    "dependency/collections_abc",
    "dependency/own_package_from_shell",
    "dependency/relative_import",
    "environment/blank_after_backslash",
    "logic/index_error",
    "logic/wrong_keyword",
    "path/log_handler_in_src_layout",
    "path/misspelt_in_code",
    "path/script_in_a_subfolder",
)


@pytest.mark.parametrize(
    "project",
    [project for project in projects() if project.name in PLAYED],
    ids=lambda project: project.name,
)
def test_it_trains_to_the_end_or_is_left_alone(project: Project) -> None:
    assert play(project, Training(Path(sys.prefix))).trouble == ""


def test_the_gym_is_as_large_as_it_says() -> None:
    known = [project.name for project in projects()]
    assert set(PLAYED) <= set(known)
    assert sum(not name.startswith("logic/") for name in known) >= 60
    assert sum(name.startswith("logic/") for name in known) >= 20


def test_a_change_beyond_what_was_stated_is_noticed() -> None:
    before = {"a.py": b"x = 1\r\ny = 2\r\n"}
    stated = [{"file": "a.py", "line": 2}]
    assert elsewhere(before, {"a.py": b"x = 1\r\ny = 3\r\n"}, stated) == []
    assert elsewhere(before, {"a.py": b"x = 1\ny = 3\r\n"}, stated) == ["a.py:1"]
    assert elsewhere(before, {}, stated) == ["a.py is gone"]
