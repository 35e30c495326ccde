"""What is printed below an exception, or below a kill, and whether the program lived to print it."""

from __future__ import annotations

import pytest

from propel_helper.facts.crash import Crash
from propel_helper.tracebacks.reader import LogReader

TRACEBACK = """Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 9, in <module>
    main()
  File "/home/ana/tiny/train.py", line 5, in main
    return rows[3]
IndexError: list index out of range
"""
PRINTED = TRACEBACK.replace("in <module>", "in fetch")
"""By ``traceback.print_exc()`` of who has caught it: it does not go back to the program's first line."""
ROUNDS = "".join(f"Collect Round:  {n}\n" for n in range(20))
KILLED = "run.sh: line 3:  6508 Killed                  python train.py\n"


def crash_of(log: str) -> Crash | None:
    reader = LogReader()
    reader.feed(log.encode())
    crashes = reader.crashes(ended=True)
    return crashes[0] if crashes else None


@pytest.mark.parametrize(
    "word", ["done\n", "All done!\n", "run.sh done.\n", "Training finished\n", "Job finished\n"]
)
def test_what_a_script_says_at_its_end_hides_no_kill(word: str) -> None:
    crash = crash_of(KILLED + word)
    assert crash is not None
    assert "Killed" in crash.message


def test_the_words_of_kaldis_scripts_hide_no_kill() -> None:
    """utils/run.pl runs a command by ``bash -c`` in brackets, which bash quotes below its word."""
    run = (
        "bash: line 1:  6508 Killed\n( train.py --config a.yaml ) 2>> exp/a.log >> exp/a.log\n\n"
        "run.pl: job failed, log is in exp/a.log\nrun.sh done.\n"
    )
    assert crash_of(run) is not None


@pytest.mark.parametrize("what", ["tensorboard --logdir runs", "sleep 1000"])
def test_a_program_beside_the_training_may_be_killed(what: str) -> None:
    told = f"run.sh: line 9:  2211 Killed                  {what}\ndone\n"
    assert crash_of("epoch 1 loss 0.3\n" + told) is None


def test_a_script_ends_its_servers_by_terminate() -> None:
    told = "run.sh: line 9:  2211 Terminated              python server.py\ndone\n"
    assert crash_of("epoch 1 loss 0.3\n" + told) is None
    steps = "".join(f"step {n} loss 0.{n}\n" for n in range(9))
    assert crash_of(KILLED + steps + "done\n") is None


NESTED = (
    "\r        \r\x1b[A\repoch:  10%|█         | 2/20 [22:41<3:24:13, 680.75s/it]\n"
    "\rbatch:  52%|█████▏    | 230/445 [04:18<04:01,  1.12s/it]\n"
)


def test_every_bar_draws_itself_once_more_as_the_program_ends() -> None:
    assert crash_of(TRACEBACK + NESTED) is not None
    again = NESTED.replace("230/445", "231/445")
    assert crash_of(TRACEBACK + NESTED + again) is None
    alone = "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB\n"
    assert crash_of(alone + NESTED) is not None


def test_what_goes_on_counting_has_caught_it() -> None:
    assert crash_of(PRINTED + ROUNDS) is None
    assert crash_of(PRINTED + "\nsaved\n" + ROUNDS) is None
    assert crash_of(PRINTED + ROUNDS[: len(ROUNDS) // 6]) is not None
    assert crash_of(TRACEBACK + ROUNDS) is not None
    cut = PRINTED.partition("\n")[2]
    assert crash_of(cut + ROUNDS) is not None


def test_another_process_may_go_on_counting() -> None:
    def of(pid: int, text: str) -> str:
        return "".join(f"(loop pid={pid}) {line}\n" for line in text.splitlines())

    assert crash_of(of(3, PRINTED + ROUNDS)) is None
    assert crash_of(of(3, PRINTED) + of(4, ROUNDS)) is not None


def test_the_end_of_many_processes_is_no_counting() -> None:
    told = "".join(f"Sending process {n} closing signal SIGTERM\n" for n in range(8))
    assert crash_of(PRINTED + told) is not None
    frames = "".join(f"frame #{n}: <unknown function>\n" for n in range(8))
    assert crash_of(PRINTED + frames) is not None


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("[1]+  Killed                  python train.py --epochs 3", None),
        ("[2]-  Segmentation fault      (core dumped) python train.py", None),
        ("fish: Job 1, 'python train.py' terminated by signal SIGKILL (Forced quit)", None),
        ("Command terminated by signal 9", 137),
        ("trainer-1 exited with code 137", 137),
        ("command terminated with exit code 139", 139),
        ("Process finished with exit code 134 (interrupted by signal 6: SIGABRT)", 134),
        ("Process finished with exit code -1073741819 (0xC0000005)", None),
    ],
)
def test_who_ran_the_program_tells_how_it_ended(line: str, status: int | None) -> None:
    crash = crash_of(f"epoch 1 loss 0.3\n\n{line}\n")
    assert crash is not None
    assert crash.message == line
    assert crash.exit_status == status


@pytest.mark.parametrize(
    "line",
    [
        "[1]+  Done                    python train.py",
        "[1]+  Killed                  tensorboard --logdir runs",
        "[1]+  Terminated              python server.py",
        "Command terminated by signal 2",
        "trainer-1 exited with code 0",
        "Process finished with exit code 0",
        "Process finished with exit code -1073741510 (0xC000013A)",
    ],
)
def test_ends_that_are_no_crash(line: str) -> None:
    assert crash_of(f"epoch 1 loss 0.3\n\n{line}\n") is None


def test_records_that_begin_with_their_level_tell_that_an_error_was_caught() -> None:
    failed = "[ERROR] 2026-04-13 15:55:51,298 - Fatal error on 4.mid:\n" + PRINTED
    work = "".join(
        f"[INFO] 2026-04-13 15:55:{n},170 - Flattened {n * n}.mid\n" for n in range(52, 60)
    )
    assert crash_of(failed + work) is not None
    assert crash_of(failed + work * 2) is None


def test_a_job_that_was_cancelled_had_outlived_what_was_caught() -> None:
    cancelled = "slurmstepd-n1: error: *** JOB 68 ON n1 CANCELLED AT 2021-12-01T21:03:21 ***\n"
    ended = crash_of(PRINTED + cancelled)
    assert ended is not None
    assert "CANCELLED" in ended.message
    uncaught = crash_of(TRACEBACK + cancelled)
    assert uncaught is not None
    assert uncaught.exception == "IndexError"
