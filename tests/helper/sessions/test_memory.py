"""A kill for want of memory is told from others, by what the kernel counted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from propel_helper.app.runs import all_runs
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions.memory import oom_kills
from tests.helper.conftest import until

LIMIT = 200 * 2**20
GREEDY = "import time; x = [bytearray(b'1' * 2**20) for _ in range(400)]"


@pytest.fixture
def group() -> Iterator[Path]:
    """A control group of this test's own, 200 MiB large."""
    unified = Path("/sys/fs/cgroup/cgroup.controllers").exists()
    root = Path("/sys/fs/cgroup") if unified else Path("/sys/fs/cgroup/memory")
    made = root / f"propel-test-{os.getpid()}"
    limits = ["memory.max"] if unified else ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes"]
    try:
        made.mkdir()
        for name in limits:
            if (made / name).exists() or name == limits[0]:
                (made / name).write_text(str(LIMIT))
    except OSError as error:
        if made.exists():
            made.rmdir()
        pytest.skip(f"no control group can be made here: {error}")
    yield made

    def removed() -> bool:
        try:
            made.rmdir()
        except OSError:
            return False
        return True

    until(removed)


def test_the_kernel_kills_a_run_that_takes_too_much(
    group: Path,
    environ: dict[str, str],
    tmp_path: Path,
    ledger: Ledger,
    ended: Callable[[Run], Run],
    backend: str,
) -> None:
    (tmp_path / "greedy.py").write_text(GREEDY)
    argv = [sys.executable, "-m", "propel_helper", "launch", "--backend", backend, "--"]
    seen = []
    for command in ("{0} greedy.py", "{0} greedy.py || exit 1", "kill -9 $$"):
        subprocess.run(
            ["bash", "-c", 'echo $$ >"$0/cgroup.procs"; exec "$@"', str(group), *argv,
             command.format(sys.executable)],
            env=environ, cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip
        seen.append(ended(all_runs(ledger)[0]))
    killed, caught, by_person = seen
    assert (killed.state, killed.exit_status) == (RunState.KILLED, 137)
    assert killed.reason.startswith("Out of memory: it ended with exit status 137")
    assert (caught.state, caught.exit_status) == (RunState.FAILED, 1)
    assert "for want of memory" in caught.reason
    assert by_person.reason == (
        "It ended with exit status 137: stopped by SIGKILL, which Propel did not send."
    )


MOUNTS = """\
24 1 8:1 / / rw - ext4 /dev/root rw
30 24 0:26 {root} {group2} rw,nosuid shared:4 - cgroup2 cgroup2 rw
31 24 0:27 {root} {group1} rw - cgroup cgroup rw,memory
32 24 0:28 / /x rw - cgroup cgroup rw,cpu
"""


@pytest.mark.parametrize(
    ("line", "root", "file"),
    [
        ("0::/user/a", "/", "two/user/a/memory.events"),
        ("0::/", "/", "two/memory.events"),
        ("0::/docker/x/a", "/docker/x", "two/a/memory.events"),
        ("0::/elsewhere", "/docker/x", "two/memory.events"),
        ("3:cpu:/c\n4:memory:/m", "/", "one/m/memory.oom_control"),
        ("4:hugetlb,memory:/m", "/", "one/m/memory.oom_control"),
    ],
)
def test_where_the_count_stands(tmp_path: Path, line: str, root: str, file: str) -> None:
    process = tmp_path / "proc" / "7"
    process.mkdir(parents=True)
    (process / "cgroup").write_text(line + "\n")
    (process / "mountinfo").write_text(
        MOUNTS.format(root=root, group2=tmp_path / "two", group1=tmp_path / "one")
    )
    assert oom_kills(7, tmp_path / "proc") is None
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("low 0\noom 2\noom_kill 5\noom_group_kill 1\n")
    assert oom_kills(7, tmp_path / "proc") == 5


def test_nothing_tells(tmp_path: Path) -> None:
    assert oom_kills(7, tmp_path) is None
