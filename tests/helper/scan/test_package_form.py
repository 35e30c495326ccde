"""Scripts that only ``python -m`` starts, since they import the package they stand in."""

from __future__ import annotations

import pytest

from tests.helper.scan.test_resolve import TRAINS, rows, training

OWN = f"from src.config import Config\n{TRAINS}"
CONFIG = {"src/config.py": "class Config: ...\n"}
PROJECT = '[project]\nname = "net"\nversion = "1"\n'


def test_a_script_that_imports_its_own_package_is_offered_as_a_module() -> None:
    found = rows({"src/train.py": OWN, **CONFIG, "pyproject.toml": PROJECT})
    assert list(found) == ["python -m src.train"]
    row = found["python -m src.train"]
    assert (row.entry, row.cwd, row.source) == ("src/train.py", "", "script")


def test_a_module_that_is_imported_from_its_package_counts_as_well() -> None:
    script = f"from src import config\n{TRAINS}"
    assert list(rows({"src/train.py": script, **CONFIG})) == ["python -m src.train"]


def test_a_package_below_the_top_is_started_from_the_folder_it_stands_in() -> None:
    files = {"net/lab/train.py": OWN.replace("src", "lab"), "net/lab/config.py": ""}
    assert [(one.command, one.cwd) for one in rows(files).values()] == [
        ("python -m lab.train", "net")
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"setup.py": "from setuptools import setup, find_packages\nsetup(packages=find_packages())"},
        {"setup.cfg": "[metadata]\nname = net\n[options]\npackages = find:\n"},
        {"pyproject.toml": PROJECT + '[tool.setuptools]\npackages = ["src"]\n'},
        {"pyproject.toml": PROJECT + '[tool.setuptools.packages.find]\nwhere = ["."]\n'},
        {"pyproject.toml": '[tool.poetry]\nname = "net"\npackages = [{ include = "src" }]\n'},
        {"pyproject.toml": '[project]\nname = "src"\n[build-system]\nbuild-backend = "hatchling.build"'},
        {"src/src/__init__.py": ""},
    ],
)  # fmt: skip
def test_a_package_that_may_be_installed_keeps_the_path(more: dict[str, str]) -> None:
    assert "python src/train.py" in rows({"src/train.py": OWN, **CONFIG, **more})


@pytest.mark.parametrize(
    "script",
    [
        f"import sys\nsys.path.insert(0, '.')\n{OWN}",
        f"import rootutils\nrootutils.setup_root(__file__, pythonpath=True)\n{OWN}",
        f"from other.config import Config\n{TRAINS}",
        f"import src\n{TRAINS}",
        f"from src.absent import Config\n{TRAINS}",
        f"__package__ = 'src'\nfrom .config import Config\n{TRAINS}",
        f"try:\n    from .config import Config\nexcept ImportError:\n    pass\n{TRAINS}",
    ],
)
def test_a_script_that_sees_to_its_path_or_needs_none_keeps_it(script: str) -> None:
    assert "python src/train.py" in rows({"src/train.py": script, **CONFIG})


def test_what_is_documented_stays_and_says_what_is_wrong_with_it() -> None:
    lines = ("python src/train.py --lr 1", "PYTHONPATH=. python src/train.py --lr 2")
    found = rows({"src/train.py": OWN, **CONFIG, "README.md": training(*lines)})
    assert "imports src, which it finds only as `python -m src.train`" in found[lines[0]].notes
    assert "python -m" not in found[lines[1]].notes


@pytest.mark.parametrize(
    ("file", "dots", "module", "cwd"),
    [
        ("net/train.py", ".", "net.train", ""),
        ("net/__main__.py", ".", "net", ""),
        ("python/net/__main__.py", ".", "net", "python"),
        ("lab/net/run/train.py", "..", "net.run.train", "lab"),
        ("pack/net/train.py", ".", "pack.net.train", ""),
    ],
)
def test_relative_imports_work_in_a_module_alone(
    file: str, dots: str, module: str, cwd: str
) -> None:
    script = f"from {dots}config import Config\nlog = get(__package__)\n{TRAINS}"
    found = rows({file: script, "pack/__init__.py": "", "pack/net/__init__.py": ""})
    assert [(one.command, one.cwd, one.entry) for one in found.values()] == [
        (f"python -m {module}", cwd, file)
    ]


def test_relative_imports_that_lead_out_of_the_project_are_left_alone() -> None:
    script = f"from ..config import Config\n{TRAINS}"
    assert list(rows({"train.py": script, "net/train.py": script})) == [
        "python train.py",
        "python net/train.py",
    ]
