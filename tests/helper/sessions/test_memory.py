"""A kill for want of memory is told from others, by what the kernel counted."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from propel_helper.app.launch import launch
from propel_helper.app.runs import all_runs
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import memory
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


HELPER = (sys.executable, "-m", "propel_helper")
IN_GROUP = ("bash", "-c", 'echo $$ >"$0/cgroup.procs"; exec "$@"')


def launched_in(
    group: Path, command: str, cwd: Path, backend: str, environ: dict[str, str]
) -> None:
    """Launch from inside the control group, as from a shell that a scheduler put there."""
    argv = [*IN_GROUP, str(group), *HELPER, "launch", "--backend", backend, "--", command]
    subprocess.run(argv, env=environ, cwd=cwd, check=True, capture_output=True)


def test_the_kernel_kills_a_run_that_takes_too_much(
    group: Path,
    environ: dict[str, str],
    tmp_path: Path,
    ledger: Ledger,
    ended: Callable[[Run], Run],
    backend: str,
) -> None:
    (tmp_path / "greedy.py").write_text(GREEDY)
    seen = []
    for command in ("{0} greedy.py", "{0} greedy.py || exit 1", "kill -9 $$"):
        launched_in(group, command.format(sys.executable), tmp_path, backend, environ)
        seen.append(ended(all_runs(ledger)[0]))
    killed, caught, by_person = seen
    evidence = (
        "the kernel killed a process of its control group, which has a limit of 200 MiB "
        f"(oom_kill in {group}/memory."
    )
    assert (killed.state, killed.exit_status) == (RunState.KILLED, 137)
    assert killed.reason.startswith(
        "Killed by the kernel: out of memory. It ended with exit status 137; while it ran, "
        + evidence
    )
    assert (caught.state, caught.exit_status) == (RunState.FAILED, 1)
    assert caught.reason.startswith("It ended with exit status 1. While it ran, " + evidence)
    assert by_person.reason == (
        "It ended with exit status 137, which stands for SIGKILL; Propel did not send it."
    )


def test_the_kernel_kills_the_session_with_its_run(
    group: Path,
    environ: dict[str, str],
    tmp_path: Path,
    ledger: Ledger,
    ended: Callable[[Run], Run],
    backend: str,
) -> None:
    (tmp_path / "greedy.py").write_text(GREEDY)
    command = f"{sys.executable} greedy.py"
    if (group / "memory.oom.group").exists():
        (group / "memory.oom.group").write_text("1")
    else:
        # Version 1 knows no kill of a whole group.
        command += "; kill -9 $PPID $$"
    launched_in(group, command, tmp_path, backend, environ)
    seen = ended(all_runs(ledger)[0])
    assert (seen.state, seen.exit_status) == (RunState.KILLED, None)
    assert re.match(
        rf"Killed by the kernel: out of memory. Its {backend} session went away without an exit "
        r"status; while it ran, the kernel killed (a process|\d+ processes) of its control group",
        seen.reason,
    )


def test_a_run_that_enters_a_group_of_its_own(
    group: Path,
    environ: dict[str, str],
    tmp_path: Path,
    ledger: Ledger,
    ended: Callable[[Run], Run],
    backend: str,
) -> None:
    """As `systemd-run --scope` and `cgexec` do: what the session's group counts says nothing."""
    if not os.access("/dev/kmsg", os.R_OK):
        pytest.skip("the kernel's log can't be read here")
    (tmp_path / "greedy.py").write_text(f"import time; time.sleep(2)\n{GREEDY}")
    enters = f'echo $$ >"{group}/cgroup.procs"; exec {sys.executable} greedy.py'
    seen = ended(launch(ledger, enters, str(tmp_path), backend, environ))
    assert seen.observed is not None
    assert (seen.state, seen.exit_status) == (RunState.KILLED, 137)
    assert seen.reason.startswith(
        "Killed by the kernel: out of memory. It ended with exit status 137; while it ran, the "
        f"kernel logged `Memory cgroup out of memory: Killed process {seen.observed.pid} ("
    )


IN_CONTAINER = """\
hostname box
kind="cgroup2"; at=/sys/fs/cgroup
[ -e $at/cgroup.controllers ] || { kind="cgroup -o memory"; at=$at/memory; }
# The same file system can't be mounted on itself.
{ mount -t tmpfs none /sys/fs/cgroup && mkdir -p $at && mount -t $kind none $at; } || exit 99
"$0" -m propel_helper "$@" >&2 || exit 98
run=$(ls "$XDG_STATE_HOME/propel/runs") || exit 97
"$0" -m propel_helper wait "$run" --timeout 60 >&2
"$0" -m propel_helper runs --json
"""


def test_a_container_with_a_limit(
    group: Path, environ: dict[str, str], tmp_path: Path, backend: str
) -> None:
    """It sees its own control group as the root of all, and has its own host name."""
    (tmp_path / "greedy.py").write_text(GREEDY)
    namespaces = ["unshare", "--cgroup", "--mount", "--uts"]
    launch = ["launch", "--backend", backend, "--", f"{sys.executable} greedy.py"]
    argv = [
        *IN_GROUP, str(group), *namespaces, "bash", "-c", IN_CONTAINER, sys.executable, *launch
    ]  # fmt: skip
    done = subprocess.run(
        argv, env=environ, cwd=tmp_path, check=False, capture_output=True, text=True
    )
    if done.returncode == 99 or "unshare failed" in done.stderr:
        pytest.skip(f"no container can be made here: {done.stderr}")
    (seen,) = json.loads(done.stdout)
    assert (seen["state"], seen["exit_status"]) == ("killed", 137), done.stderr
    assert "of its control group, which has a limit of 200 MiB (oom_kill in /sys" in seen["reason"]
    assert group.name not in seen["reason"]


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
    assert memory.counter(7, tmp_path / "proc") is None
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("low 0\noom 2\noom_kill 5\noom_group_kill 1\n")
    assert memory.counter(7, tmp_path / "proc") == tmp_path / file
    assert memory.kills(tmp_path / file) == 5


def test_nothing_tells(tmp_path: Path) -> None:
    assert memory.counter(7, tmp_path) is None
    assert memory.kills(tmp_path / "memory.events") is None
    assert memory.limit(tmp_path / "memory.events") is None


@pytest.mark.parametrize(
    ("outer", "inner", "host_kib", "told"),
    [
        ("max", "2048000", 8000, 2048000),
        ("1024000", "2048000", 8000, 1024000),
        ("max", "max", 8000, None),
        ("max", "8192000", 8000, None),
    ],
)
def test_the_limit_is_the_lowest_of_all_above(
    tmp_path: Path, outer: str, inner: str, host_kib: int, told: int | None
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "meminfo").write_text(f"MemTotal:       {host_kib} kB\nMemFree:  1 kB\n")
    (tmp_path / "a" / "memory.max").write_text(outer + "\n")
    (tmp_path / "a" / "b" / "memory.max").write_text(inner + "\n")
    events = tmp_path / "a" / "b" / "memory.events"
    assert memory.limit(events, tmp_path / "meminfo") == told
    # Version 1 has worked it out itself.
    lowest = min(int(text) for text in (outer, inner, str(2**63 - 4096)) if text != "max")
    (tmp_path / "a" / "b" / "memory.stat").write_text(
        f"cache 0\nhierarchical_memory_limit {lowest}\nhierarchical_memsw_limit 7\n"
    )
    control = tmp_path / "a" / "b" / "memory.oom_control"
    assert memory.limit(control, tmp_path / "meminfo") == told
