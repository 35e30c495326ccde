"""A gdb that would end the run that it enters is found out beforehand, on an idle process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from propel_helper.sessions.gdb_trial import failing

# gdb 13.1 (Debian 12) on a processor with AMX, recorded.
BROKEN = """#!/bin/sh
case "$*" in
*--version*) echo "GNU gdb (Debian 13.1-3) 13.1" ;;
*)
  echo "[Thread debugging using libthread_db enabled]"
  echo "Couldn't write extended state status: Bad address." >&2
  echo "[Inferior 1 (process 1) detached]"
  exit 1
  ;;
esac
"""


def program(folder: Path, text: str) -> str:
    path = folder / "gdb"
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


def test_a_gdb_that_can_not_call_is_told_with_its_own_words(tmp_path: Path) -> None:
    problem = failing(program(tmp_path, BROKEN))
    assert problem is not None
    assert problem.cause.startswith(
        "gdb 13.1 can't call a function in a process of this host: "
        "Couldn't write extended state status: Bad address."
    )
    assert "Install a newer gdb" in problem.next_step


def test_what_is_no_gdb_is_told(tmp_path: Path) -> None:
    assert "did not say why" in str(failing(program(tmp_path, "#!/bin/sh\n")))
    assert "No such file" in str(failing(str(tmp_path / "none")))


@pytest.mark.skipif(sys.platform != "linux", reason="debugpy enters with gdb on Linux alone")
def test_a_gdb_that_can_call_may_enter() -> None:
    gdb = Path(sys.executable).with_name("gdb")
    if not gdb.exists():
        pytest.skip("this platform has no package of a gdb; the system's may be too old")
    assert failing(str(gdb)) is None
