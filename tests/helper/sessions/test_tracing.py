"""Where the system forbids attaching, the setting is named and how to change it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from propel_helper.sessions.tracing import Barrier, forbidden, no_way_in, told


@pytest.mark.parametrize(
    ("barrier", "cause", "step"),
    [
        (Barrier("bo", "ada", 1, False), "belongs to bo, and you are ada", "Connect as bo"),
        (Barrier("ada", "ada", 1, False), "ptrace_scope is 1", "sysctl kernel.yama.ptrace_scope=0`;"),
        (Barrier("ada", "ada", 1, True), "ptrace_scope is 1", "=0` on the container's host"),
        (Barrier("ada", "ada", 2, False), "ptrace_scope is 2", "CAP_SYS_PTRACE"),
        (Barrier("ada", "ada", 3, False), "ptrace_scope is 3", "/etc/sysctl.d"),
        (Barrier("ada", "ada", 0, True), "capability SYS_PTRACE", "--cap-add=SYS_PTRACE"),
        (Barrier("ada", "ada", None, False), "PR_SET_DUMPABLE", "as root"),
    ],
)  # fmt: skip
def test_each_barrier_is_told_with_its_setting(barrier: Barrier, cause: str, step: str) -> None:
    problem = told(7, barrier)
    assert cause in problem.cause
    assert step in problem.next_step


def test_an_own_process_may_be_attached_to_and_one_that_has_ended_may_not() -> None:
    assert forbidden(os.getpid()) is None
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert "has ended" in str(forbidden(ended.pid))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_users_process_is_refused_before_anything_is_tried() -> None:
    code = "from propel_helper.sessions.tracing import forbidden; import os; os.setuid(65534); "
    asked = subprocess.run(
        [sys.executable, "-c", code + f"print(forbidden({os.getpid()}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "belongs to root, and you are nobody" in asked.stdout


def test_what_the_debugger_needs_to_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "needs 3.8" in str(no_way_in("3.7.16"))
    monkeypatch.setenv("PATH", "/nowhere")
    if sys.platform == "linux":
        assert "apt install gdb" in str(no_way_in("3.11.7"))
    monkeypatch.undo()
    assert no_way_in(".".join(map(str, sys.version_info[:2]))) is None or sys.version_info < (3, 14)
