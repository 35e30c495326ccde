"""From logs to findings: what is said, where it stands, and how large logs are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.app import diagnose
from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Place, Scope
from propel_helper.facts.problem import Problem
from propel_helper.facts.sentences import REDIRECT
from propel_helper.rules import rules_for

STEP = b"2026-01-02 03:04:05 INFO train: step 7 loss 0.5000 lr 1.0e-04 grad_norm 1.2\n"
SITE = "/opt/env/lib/python3.11/site-packages/torch/nn/modules/linear.py"


def traceback(last: str, *frames: tuple[str, int]) -> bytes:
    lines = ["Traceback (most recent call last):"]
    for file, line in frames:
        lines += [f'  File "{file}", line {line}, in main', "    run()"]
    return "\n".join([*lines, last, ""]).encode()


def test_the_place_is_the_deepest_line_of_the_persons_own_code(tmp_path: Path) -> None:
    (tmp_path / "nets").mkdir()
    (tmp_path / "nets" / "unet.py").write_text("\n" * 30, "utf-8")
    (tmp_path / "train.py").write_text("\n" * 30, "utf-8")
    log = traceback("IndexError: 3", ("train.py", 9), ("/box/tiny/nets/unet.py", 20), (SITE, 125))
    (finding,) = diagnose.diagnose_log(log, tmp_path)
    assert finding.at == Place("nets/unet.py", 20)
    assert [frame.user for frame in finding.frames] == [True, True, False]
    assert finding.frames[-1].file == SITE


def test_without_a_frame_of_the_persons_own_there_is_no_place() -> None:
    (finding,) = diagnose.diagnose_log(traceback("IndexError: 3", (SITE, 125)))
    assert finding.at is None


def test_what_no_rule_knows_is_logic_and_says_so() -> None:
    (finding,) = diagnose.diagnose_log(traceback("Strange: never seen", ("train.py", 3)))
    assert (finding.scope, finding.category) == (Scope.LOGIC, Category.LOGIC)
    assert (finding.rule, finding.fixes) == ("unexplained", ())
    assert finding.redirect == REDIRECT


def test_logic_is_asked_before_anything_else() -> None:
    shape = "size mismatch, got input (4), target (5): no such file or directory data/train.csv"
    asked = [rule.category for rule in rules_for(Crash(CrashKind.EXCEPTION, "RuntimeError", shape))]
    logic = asked.count(Category.LOGIC)
    assert logic > 4
    assert asked[:logic] == [Category.LOGIC] * logic
    (finding,) = diagnose.diagnose_log(traceback(f"RuntimeError: {shape}", ("train.py", 3)))
    assert finding.scope is Scope.LOGIC


def test_a_large_log_with_its_crash_at_the_end(tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    with log.open("wb") as file:
        for _ in range(20):
            file.write(STEP * 14_000)
        file.write(traceback("IndexError: 3", ("train.py", 9)))
    assert log.stat().st_size > 2 * diagnose.END
    (finding,) = diagnose.diagnose_log(log)
    assert finding.exception == "IndexError"


def test_a_large_log_whose_end_is_only_a_consequence(tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    noise = b"[rank1]: still waiting for the other ranks to come to the barrier\n"
    with log.open("wb") as file:
        file.write(STEP * 100)
        for line in traceback("KeyError: 'image'", ("train.py", 9)).splitlines(keepends=True):
            file.write(b"[rank0]: " + line)
        for _ in range(20):
            file.write(noise * 16_000)
        lost = "RuntimeError: [gloo/pair.cc:525] Connection closed by peer [1.2.3.4]:5"
        for line in traceback(lost, ("train.py", 12)).splitlines(keepends=True):
            file.write(b"[rank1]: " + line)
    assert log.stat().st_size > 2 * diagnose.END
    (finding,) = diagnose.diagnose_log(log)
    assert (finding.exception, finding.ranks) == ("KeyError", (0,))


def test_a_healthy_log_has_none_however_large(tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    with log.open("wb") as file:
        file.write(traceback("ValueError: caught", ("train.py", 9)))
        for _ in range(20):
            file.write(STEP * 14_000)
    assert diagnose.diagnose_log(log) == ()


def test_a_log_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"no\.log"):
        diagnose.diagnose_log(tmp_path / "no.log")


_RAY = b"""Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 91, in <module>
    main()
  File "/home/ana/tiny/train.py", line 40, in main
    ray.get([work.remote(one) for one in range(2)])
  File "/home/ana/.venv/lib/python3.11/site-packages/ray/_private/worker.py", line 2772, in get
    values, debugger_breakpoint = worker.get_objects(object_refs, timeout=timeout)
  File "/home/ana/.venv/lib/python3.11/site-packages/ray/_private/worker.py", line 919, in get_objects
    raise value.as_instanceof_cause()
ray.exceptions.RayTaskError(KeyError): ray::work() (pid=18956, ip=192.0.2.2)
  File "/home/ana/tiny/work.py", line 26, in work
    lr = config["optim"]["weight_decay"]
KeyError: 'weight_decay'
"""
_FROM = b"""Traceback (most recent call last):
  File "/home/ana/tiny/run.py", line 8, in go
    import flash_tiny
ModuleNotFoundError: No module named 'flash_tiny'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 91, in <module>
    main()
  File "/home/ana/tiny/train.py", line 40, in main
    raise RuntimeError("training failed") from error
RuntimeError: training failed
"""


def test_the_error_in_a_ray_task_is_explained() -> None:
    (finding,) = diagnose.diagnose_log(_RAY)
    assert (finding.rule, finding.exception) == (
        "missing-config-entry",
        "ray.exceptions.RayTaskError(KeyError)",
    )


def test_what_nothing_is_known_of_is_explained_by_what_it_was_raised_from() -> None:
    (finding,) = diagnose.diagnose_log(_FROM)
    assert (finding.rule, finding.exception) == ("missing-module", "RuntimeError")
    assert finding.at is not None
    assert finding.at.line == 40
    during = _FROM.replace(
        b"The above exception was the direct cause of the following exception:",
        b"During handling of the above exception, another exception occurred:",
    )
    assert [one.rule for one in diagnose.diagnose_log(during)] == ["unexplained"]
