"""These tests enter processes, with the gdb of the development packages where it has one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _developers_gdb(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    gdb = Path(sys.executable).with_name("gdb")
    if not gdb.exists():
        return
    folder = tmp_path_factory.mktemp("gdb")
    (folder / "gdb").symlink_to(gdb)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
