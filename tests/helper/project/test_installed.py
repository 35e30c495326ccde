"""What an interpreter has installed, by the names of its folders alone."""

from __future__ import annotations

import sys
import venv
from pathlib import Path

import pytest

from propel_helper.project.installed import has_module, installation


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A virtual environment that imports nothing."""
    venv.create(tmp_path / "v", with_pip=False, symlinks=True)
    return tmp_path / "v"


def packages(environment: Path) -> Path:
    return next(environment.glob("lib/python3*/site-packages"))


def test_a_virtual_environment(environment: Path) -> None:
    for name in (
        "torch-2.4.0+cu121.dist-info",
        "PyYAML-6.0.dist-info",
        "pytorch_lightning-2.1-py3.11.egg-info",
    ):
        (packages(environment) / name).mkdir()
    found = installation(str(environment / "bin" / "python"))
    assert found.version is not None
    assert found.version.startswith(f"{sys.version_info.major}.{sys.version_info.minor}.")
    assert found.distributions == {
        "torch": "2.4.0+cu121",
        "pyyaml": "6.0",
        "pytorch-lightning": "2.1",
    }


@pytest.mark.parametrize(
    ("line", "cuda"),
    [("cuda: Optional[str] = '12.1'", "12.1"), ("cuda = '11.8'", "11.8"), ("cuda: Optional[str] = None", "cpu"),
     ("hip = '6'", None)],
)  # fmt: skip
def test_what_torch_was_built_for(environment: Path, line: str, cuda: str | None) -> None:
    torch = packages(environment) / "torch"
    torch.mkdir()
    (torch / "version.py").write_text(f"__version__ = '2.4.0'\n{line}\n")
    assert installation(str(environment / "bin" / "python")).cuda == cuda


def test_this_interpreter_without_a_virtual_environment() -> None:
    found = installation(str(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"))
    assert found.version is not None
    assert found.version.startswith(f"3.{sys.version_info.minor}")


def test_an_interpreter_that_is_not_there(tmp_path: Path) -> None:
    assert installation(str(tmp_path / "bin" / "python")).distributions == {}


def test_a_module_is_found_where_a_pth_file_leads(tmp_path: Path) -> None:
    packages = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    (packages / "numpy").mkdir(parents=True)
    (packages / "six.py").touch()
    (tmp_path / "shared" / "torch").mkdir(parents=True)
    (packages / "more.pth").write_text(f"{tmp_path / 'shared'}\nimport site\n", "utf-8")
    has = [has_module(tmp_path / "venv", name) for name in ("numpy", "six", "torch", "jax")]
    assert has == [True, True, True, False]
