"""Whose code a frame is, and which file of the project a printed path means."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.surroundings import PathKind


@pytest.mark.parametrize(
    ("file", "own"),
    [
        ("train.py", True),
        ("/home/ana/tiny/lib/model.py", True),
        ("/tmp/ipykernel_11/790276089.py", True),
        ("C:\\work\\tiny\\train.py", True),
        ("/opt/conda/lib/python3.10/site-packages/torch/nn/modules/linear.py", False),
        ("/usr/local/lib/python3.11/dist-packages/numpy/core.py", False),
        ("/home/ana/.pyenv/versions/3.11.7/lib/python3.11/runpy.py", False),
        ("C:\\Users\\ana\\anaconda3\\lib\\runpy.py", False),
        ("/opt/conda/bin/torchrun", False),
        ("<frozen importlib._bootstrap>", False),
        ("<string>", False),
        ("python/ray/_raylet.pyx", False),
    ],
)
def test_without_a_root_the_path_tells(file: str, own: bool) -> None:
    assert LocalSurroundings().is_own(file) is own


@pytest.mark.parametrize(
    "file",
    [
        "/home/ana/.cache/huggingface/modules/transformers_modules/tiny/modeling_tiny.py",
        "/root/.cache/torch/hub/ultralytics_yolov5_master/hubconf.py",
        "C:\\Users\\ana\\miniforge3\\lib\\threading.py",
        "/opt/spark/python/lib/pyspark.zip/pyspark/rdd.py",
    ],
)
def test_code_that_was_only_fetched_is_not_the_persons_own(file: str) -> None:
    assert not LocalSurroundings().is_own(file)


def test_with_a_root_only_what_lies_in_it_is_own(tmp_path: Path) -> None:
    for name in ("train.py", "nets/unet.py", "a/data.py", "b/data.py", "venv/lib/x.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n", "utf-8")
    around = LocalSurroundings(tmp_path)
    assert around.is_own("train.py")
    assert around.is_own(str(tmp_path / "nets" / "unet.py"))
    assert around.shown(str(tmp_path / "nets" / "unet.py")) == "nets/unet.py"
    assert around.shown("/workspace/tiny/nets/unet.py") == "nets/unet.py"
    assert not around.is_own("/workspace/other/data.py"), "two files have that tail"
    assert around.shown("/workspace/tiny/b/data.py") == "b/data.py"
    assert not around.is_own("/workspace/tiny/missing.py")
    assert around.text("/workspace/tiny/nets/unet.py") == "# nets/unet.py\n"


def test_relative_paths_start_in_the_runs_folder(tmp_path: Path) -> None:
    (tmp_path / "exp" / "out").mkdir(parents=True)
    (tmp_path / "exp" / "train.py").write_text("", "utf-8")
    around = LocalSurroundings(tmp_path, tmp_path / "exp")
    assert around.shown("train.py") == "exp/train.py"
    assert around.kind("out") is PathKind.FOLDER
    assert around.kind("train.py") is PathKind.FILE
    assert around.kind("nothing") is PathKind.MISSING
    assert LocalSurroundings().kind("out") is PathKind.UNKNOWN
    assert around.names(".") == ("out", "train.py")


@pytest.mark.parametrize(
    ("command", "python"),
    [
        ("python train.py", "python"),
        (
            "CUDA_VISIBLE_DEVICES=0 .venv/bin/python -m tiny",
            "CUDA_VISIBLE_DEVICES=0 .venv/bin/python",
        ),
        ("source .venv/bin/activate && python train.py", "source .venv/bin/activate && python"),
        ("/opt/t/bin/torchrun --nproc_per_node 2 train.py", "/opt/t/bin/python"),
        ("bash scripts/train.sh", "source env/bin/activate\npython3"),
        ("make train", None),
    ],
)
def test_the_runs_own_python(tmp_path: Path, command: str, python: str | None) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "train.sh").write_text(
        "#!/bin/bash\nset -e\nsource env/bin/activate\npython3 train.py --lr 1\n", "utf-8"
    )
    assert LocalSurroundings(tmp_path, tmp_path, command).python in (python, f"set -e\n{python}")


def test_a_packages_own_file_is_known_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "util").mkdir()
    (tmp_path / "util" / "__init__.py").write_text("x = 1\n")
    around = LocalSurroundings(tmp_path)
    assert around.text("torch/__init__.py") is None
    assert around.text("/workspace/net/util/__init__.py") == "x = 1\n"


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_an_environment_is_active_where_its_python_comes_first(
    tmp_path: Path, variable: str
) -> None:
    (tmp_path / "venv" / "lib" / "python3.11" / "site-packages" / "torch").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    for folder in (tmp_path / "venv" / "bin", tmp_path / "other"):
        folder.mkdir(exist_ok=True)
        (folder / "python").touch(mode=0o755)
    first = {
        variable: str(tmp_path / "venv"),
        "PATH": f"{tmp_path / 'venv' / 'bin'}:{tmp_path / 'other'}",
    }
    behind = first | {"PATH": f"{tmp_path / 'other'}:{tmp_path / 'venv' / 'bin'}"}
    active = LocalSurroundings(tmp_path, environ=lambda: first)
    assert active.active_has("torch")
    assert active.active_has("numpy") is False
    assert LocalSurroundings(tmp_path, environ=lambda: behind).active_has("torch") is None
    assert LocalSurroundings(tmp_path).active_has("torch") is None
