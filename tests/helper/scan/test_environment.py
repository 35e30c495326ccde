"""What a project declares and shows about what it trains with."""

from __future__ import annotations

import pytest

from propel_helper.facts.command import Environment, FrameworkFact, PythonFact
from propel_helper.facts.gpu import GpuFact
from propel_helper.scan.environment import Best, environment
from propel_helper.scan.environment.doubts import doubts
from propel_helper.scan.environment.python_version import fits, python_version
from propel_helper.scan.environment.requirements import declares, required
from propel_helper.scan.reading import Traits


@pytest.mark.parametrize(
    ("file", "text", "version"),
    [
        ("pyproject.toml", "[project]\nrequires-python = '>=3.9'\n", ">=3.9"),
        ("pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.8'\n", "^3.8"),
        ("setup.py", "setup(python_requires='>=3.7')", ">=3.7"),
        ("setup.py", "NEED = '>=3.8.0'\nsetup(python_requires=NEED)", ">=3.8.0"),
        ("setup.cfg", "[options]\npython_requires = >=3.6\n", ">=3.6"),
        (".python-version", "3.11.4\n", "3.11.4"),
        ("environment.yml", "dependencies:\n  - python=3.10\n  - pip\n", "3.10"),
        ("conda.yaml", "dependencies:\n  - python >= 3.8\n", ">=3.8"),
        ("README.md", "Needs Python 3.8+ and a GPU", ">=3.8"),
        ("README.md", "* Python >= 3.6", ">= 3.6"),
        ("README.md", "**Use Python 3.6 or newer**", ">=3.6"),
        ("README.md", "* python == 3.7.3 or above", ">=3.7.3"),
        ("README.md", "Python 3.8 (or later)", ">=3.8"),
        ("README.md", "Python 3.8-3.9 (not yet 3.10)", ">=3.8,<=3.9"),
        ("README.md", "Python ≥ 3.8", ">=3.8"),
        ("README.md", "Python 3.8 or Docker", "3.8"),
        ("README.md", "Tested with: Python 3.7.13", None),
        ("README.md", "The code has been tested running under Python 3.6.5.", None),
        (
            "README.md",
            "Tested in a Python 3.7 - 3.9 environment.\n\nPython 3.7+ is needed.",
            ">=3.7",
        ),
        ("README.md", "Tested on Linux and requires Python 3.11+.", ">=3.11"),
        ("README.md", "It was tested well. Install Python 3.9", "3.9"),
        ("README.md", "Deprecating Python 3.10 support", None),
        ("pyproject.toml", "[project", None),
        ("setup.py", "", None),
    ],
)
def test_the_python_that_is_asked_for(file: str, text: str, version: str | None) -> None:
    assert python_version({file: text}).version == version


def test_packaging_files_are_asked_before_prose() -> None:
    texts = {"README.md": "Python 3.6+", "pyproject.toml": "[project]\nrequires-python='>=3.9'"}
    assert python_version(texts) == PythonFact(">=3.9", "pyproject.toml")


@pytest.mark.parametrize(
    ("asked", "version", "good"),
    [
        (">=3.9", "3.11.7", True), (">=3.12,<3.13", "3.11.7", False), ("3.10", "3.10.4", True),
        ("^3.8", "3.11.0", True), ("~=3.8", "3.9.1", True), ("~=3.8.1", "3.9.1", False),
        (">3.8", "3.8.2", False), ("<=3.11", "3.11.7", True), ("!=3.9.*", "3.9.2", False),
        ("==3.8.5", "3.8.5", True), ("<3.11,>=3.8", "3.10.1", True),
    ],
)  # fmt: skip
def test_whether_a_python_fits(asked: str, version: str, good: bool) -> None:
    assert fits(asked, version) is good


def test_requirements_of_every_kind() -> None:
    texts = {
        "requirements.txt": "torch==2.4.0  # gpu\n-r other.txt\nwandb\n# mlflow\n",
        "setup.py": "setup(install_requires=['transformers>=4.40,<5', \"jax[cuda]>=0.4\"])",
        "pyproject.toml": "[project]\ndependencies = ['accelerate>=1']\n[tool.poetry.dependencies]\nkeras = '^3.0'\n",
        "environment.yml": "dependencies:\n  - pytorch::torchvision=0.9\n  - pytorch-lightning=1.6\n  - pip:\n    - deepspeed==0.14\n",
    }
    found = required(texts)
    assert found["torch"] == "==2.4.0"
    assert found["transformers"] == ">=4.40,<5"
    assert found["jax"] == ">=0.4"
    assert found["accelerate"] == ">=1"
    assert found["keras"] == "^3.0"
    assert found["pytorch-lightning"] == "=1.6"
    assert found["deepspeed"] == "==0.14"
    assert found["wandb"] is None
    assert "mlflow" not in found


@pytest.mark.parametrize(
    ("path", "good"),
    [("requirements.txt", True), ("requirements-dev.txt", True), ("requirements/base.txt", True),
     ("conda-gpu.yml", True), ("environment.yaml", True), ("docs/requirements.txt", False),
     ("configs/train.yaml", False)],
)  # fmt: skip
def test_files_that_declare(path: str, good: bool) -> None:
    assert declares(path) is good


def test_what_is_imported_counts_as_used() -> None:
    found = environment({}, [Traits(uses=("jax", "wandb"))], Best())
    assert [one.name for one in found.frameworks] == ["jax"]
    assert found.trackers == ("wandb",)


@pytest.mark.parametrize(
    ("command", "config", "shown", "name"),
    [
        ("python t.py --bf16", "", None, "bf16"),
        ("python t.py --bf16 false", "", None, None),
        ("python t.py trainer.precision=bf16-mixed", "", None, "bf16"),
        ("python t.py --amp -j 4", "", None, "amp"),
        ("python t.py -c a.json", '{\n  "fp16_run": true\n}', None, "fp16"),
        ("net train a.yml", "bf16: auto\n", None, "bf16"),
        ("python t.py", "", "bf16", "bf16"),
        ("python t.py", "lr: 1\n", None, None),
    ],
)
def test_precision(command: str, config: str, shown: str | None, name: str | None) -> None:
    best = Best(command, config, (Traits(precision=shown),))
    assert environment({}, [], best).precision == name


def env(**known: object) -> Environment:
    python = PythonFact(">=3.12", "pyproject.toml", "/v/bin/python", "3.11.7")
    whole = {"python": python, "frameworks": (FrameworkFact("torch", "==2.4", "2.4.0"),), **known}
    return Environment(**whole)  # type: ignore[arg-type]


def test_a_python_that_does_not_fit_is_spoken_of() -> None:
    assert doubts(env())[0] == (
        "The project asks for Python >=3.12 (pyproject.toml); /v/bin/python is 3.11.7."
    )


@pytest.mark.parametrize(
    ("cuda", "gpus", "word"),
    [
        ({"framework": "12.8", "driver_cuda": "11.4"}, True, "needs a newer driver"),
        ({"framework": "12.1", "driver_cuda": "12.4"}, True, ""),
        ({"framework": "cpu", "driver": "550.1"}, True, "CPU build"),
        ({"framework": "12.1"}, False, "no NVIDIA driver"),
        ({"framework": "12.1", "toolkit": "11.8", "driver": "550"}, True, "won't build"),
        ({"framework": "cpu"}, False, ""),
    ],
)
def test_cuda_parts_that_do_not_fit(cuda: dict[str, str], gpus: bool, word: str) -> None:
    held = (GpuFact(0, "H100", 8, 8),) if gpus else ()
    python = PythonFact(None, None)
    found = " ".join(doubts(env(python=python, cuda=cuda, gpus=held)))
    assert word in found
    assert bool(found) is bool(word)
