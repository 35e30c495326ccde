"""Logs as collectors, terminals and people's quotes leave them: the crash is the same one."""

from __future__ import annotations

import pytest

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.tracebacks.reader import LogReader

TRACEBACK = """epoch 1 step 3 loss 0.5
Traceback (most recent call last):
  File "/home/ana/projects/rings/scripts/training/train.py", line 112, in <module>
    main()
  File "/home/ana/projects/rings/scripts/training/train.py", line 96, in main
    batch = next(batches)
  File "/home/ana/projects/rings/rings/datasets/generators.py", line 41, in batches
    return rows[first : first + self.size].reshape(self.size, self.width, self.height)
ValueError: cannot reshape array of size 1200 into shape (16,25,4)"""
USAGE = """usage: train.py [-h] [--lr LR]
train.py: error: unrecognized arguments: --learning-rate"""
PREFIXES = [
    "trainer-1  | ",
    "Dec 01 04:12:11 node7 python[4121]: ",
    "2026-05-02T10:00:00.1234567Z ",
    "2026-05-02T10:00:00.123456789Z stderr F ",
    "> ",
    "0: ",
    "    ",
    "(RayTrainWorker pid=4121, ip=192.0.2.2) ",
    "[1,0]<stderr>:",
]


def crash_of(log: str) -> Crash:
    reader = LogReader()
    reader.feed(log.encode())
    (crash,) = reader.crashes(ended=True)
    return crash


@pytest.mark.parametrize("prefix", PREFIXES)
def test_what_stands_before_every_line_is_none_of_the_programs(prefix: str) -> None:
    crash = crash_of("".join(f"{prefix}{line}\n" for line in TRACEBACK.splitlines()))
    assert [frame.line for frame in crash.frames] == [112, 96, 41]
    assert crash.message.startswith("cannot reshape")


@pytest.mark.parametrize("prefix", [one for one in PREFIXES if one.strip()])
def test_an_end_without_a_traceback_has_such_a_prefix_too(prefix: str) -> None:
    crash = crash_of("".join(f"{prefix}{line}\n" for line in USAGE.splitlines()))
    assert crash.kind is CrashKind.USAGE
    assert crash.message.startswith("train.py: error: unrecognized")


def test_srun_names_the_rank_before_every_line() -> None:
    both = "".join(f"{rank}: {line}\n" for line in TRACEBACK.splitlines() for rank in (3, 1))
    assert crash_of(both).ranks == (1, 3)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_lines_that_were_broken_at_a_width_are_whole_again(width: int) -> None:
    broken = [
        line[at : at + width]
        for line in TRACEBACK.splitlines()
        for at in range(0, len(line), width)
    ]
    crash = crash_of("\n".join(broken) + "\n")
    assert [frame.line for frame in crash.frames] == [112, 96, 41]
    assert crash.message == "cannot reshape array of size 1200 into shape (16,25,4)"


def test_a_table_of_one_width_is_left_alone() -> None:
    table = "".join(f"|{row:^70}|\n" for row in range(20))
    crash = crash_of(
        table
        + "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g()\nKeyError: 'a'\n"
    )
    assert [frame.line for frame in crash.frames] == [3]
    assert crash.message == "'a'"


def test_indentation_that_was_lost_does_not_make_code_an_exception() -> None:
    crash = crash_of(
        "\n".join(
            line.strip()
            for line in TRACEBACK.replace("next(batches)", "self._next(batches)").splitlines()
        )
        + "\n"
    )
    assert crash.exception == "ValueError"
    lost = 'Traceback (most recent call last):\nFile "a.py", line 3, in f\nself._next(batches)\nFile "b.py", line 4, in g\nlambda: go()\nKeyError: 3\n'
    assert (crash_of(lost).exception, len(crash_of(lost).frames)) == ("KeyError", 2)


def test_what_script_and_a_shell_say_when_they_are_left_is_no_more_output() -> None:
    left = "$ exit\nexit\n\nScript done on 2026-05-02 10:10:00+00:00\n"
    assert crash_of(f"bash: line 1: nothing: command not found\n{left}").kind is CrashKind.SHELL
