"""GPUs as the driver tells of them; a host without one is an answer, not an error."""

from __future__ import annotations

import ctypes.util
import json
import subprocess
import sys
from pathlib import Path

import pynvml
import pytest

from propel_helper.cli import main
from propel_helper.gpu import cuda_files, driver, nvml


def test_a_report_always_has_gpus_or_a_reason() -> None:
    report = driver.report()
    assert bool(report.gpus) != bool(report.reason)


def test_without_the_drivers_library_the_bindings_are_not_loaded_and_would_say_the_same() -> None:
    asked = (
        "import sys; from propel_helper.gpu import driver; "
        "print(driver.report('libnvidia-ml.so.0').reason); assert 'pynvml' not in sys.modules"
    )
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == nvml.REASONS[pynvml.NVML_ERROR_LIBRARY_NOT_FOUND]


def test_with_a_library_of_that_name_the_bindings_are_asked() -> None:
    any_library = ctypes.util.find_library("c")
    assert any_library
    assert driver.report(any_library) == nvml.report()


@pytest.mark.gpu
def test_a_real_gpu() -> None:
    report = driver.report()
    if not report.gpus:
        pytest.skip(report.reason)
    assert report.driver
    assert report.cuda
    assert 0 <= report.gpus[0].free <= report.gpus[0].memory


def test_the_command_line_tells_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gpus", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"gpus", "reason", "driver", "cuda"} <= found.keys()
    assert main(["gpus"]) == 0
    assert capsys.readouterr().out.strip()


def test_the_toolkit_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "version.json").write_text(
        '{"cuda": {"name": "CUDA SDK", "version": "12.4.1"}}'
    )
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "version.txt").write_text("CUDA Version 10.2.89\n")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "version.json").write_text("[]")
    nowhere = str(tmp_path / "absent")
    assert cuda_files.toolkit({"CUDA_HOME": str(tmp_path / "new")}, nowhere) == "12.4.1"
    assert cuda_files.toolkit({}, str(tmp_path / "old")) == "10.2.89"
    assert cuda_files.toolkit({"CUDA_HOME": str(tmp_path / "odd")}, nowhere) is None


def test_the_driver_by_its_file(tmp_path: Path) -> None:
    file = tmp_path / "version"
    file.write_text(
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19\nGCC version: 12\n"
    )
    assert cuda_files.driver(str(file)) == "535.104.05"
    file.write_text("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release\n")
    assert cuda_files.driver(str(file)) == "550.54.14"
    assert cuda_files.driver(str(tmp_path / "absent")) is None
