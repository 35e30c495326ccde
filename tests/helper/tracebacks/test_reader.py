"""A log that grows, and the crash it ends in."""

from __future__ import annotations

import tracemalloc

import pytest

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.tracebacks.reader import LARGEST, LogReader

TRACEBACK = b"""Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 9, in <module>
    main()
    ~~~~^^
  File "/home/ana/tiny/train.py", line 5, in main
    return rows[3]
           ~~~~^^^
IndexError: list index out of range
"""
STEPS = b"".join(b"step %d loss %.3f\n" % (step, 1 / (step + 1)) for step in range(50))
MARK = b"\x1b]133;D;%d;propel=%s;time=1700000000\x07"


def crash_of(log: bytes, **known: object) -> Crash | None:
    reader = LogReader()
    reader.feed(log)
    crashes = reader.crashes(ended=True, **known)  # type: ignore[arg-type]
    assert len(crashes) <= 1
    return crashes[0] if crashes else None


def test_a_traceback_is_read_whole() -> None:
    crash = crash_of(STEPS + TRACEBACK)
    assert crash is not None
    assert crash.kind is CrashKind.EXCEPTION
    assert crash.exception == "IndexError"
    assert crash.message == "list index out of range"
    assert [(f.file, f.line, f.function, f.code) for f in crash.frames] == [
        ("/home/ana/tiny/train.py", 9, "<module>", "main()"),
        ("/home/ana/tiny/train.py", 5, "main", "return rows[3]"),
    ]
    assert (STEPS + TRACEBACK)[crash.start : crash.end] == TRACEBACK.rstrip()


@pytest.mark.parametrize("size", [1, 3, 7, 64, 1000])
def test_it_does_not_matter_how_the_bytes_come(size: int) -> None:
    log = STEPS + TRACEBACK
    reader = LogReader()
    for at in range(0, len(log), size):
        reader.feed(log[at : at + size])
        reader.crashes()
    assert reader.crashes(ended=True) == (crash_of(log),)


def test_it_is_published_with_its_last_line_and_not_before() -> None:
    reader = LogReader()
    for line in (STEPS + TRACEBACK).splitlines(keepends=True)[:-1]:
        reader.feed(line)
        assert reader.crashes() == ()
    reader.feed(b"IndexError: list index")
    assert reader.crashes() == ()
    reader.feed(b" out of range\n")
    assert [crash.message for crash in reader.crashes()] == ["list index out of range"]


def test_half_a_traceback_is_no_crash() -> None:
    whole = STEPS + TRACEBACK
    for cut in range(len(STEPS), len(whole) - len("IndexError: list index out of range\n"), 7):
        assert crash_of(whole[:cut]) is None


def test_training_that_goes_on_outlives_its_traceback() -> None:
    assert crash_of(TRACEBACK + STEPS * 12) is None
    assert crash_of(TRACEBACK + STEPS + TRACEBACK) is not None
    bars = b"".join(b"\r %d%%|## | %d/50 [00:01<00:09]" % (2 * n, n) for n in range(20))
    assert crash_of(TRACEBACK + bars) is None


def test_what_a_program_had_in_its_buffer_comes_out_behind_its_traceback() -> None:
    assert crash_of(TRACEBACK + STEPS) is not None
    timed = b"".join(
        b"2024-05-02 10:00:%02d,101 " % n + line
        for n, line in enumerate(STEPS.splitlines(keepends=True))
    )
    assert crash_of(TRACEBACK + timed) is None
    live = LogReader()
    live.feed(TRACEBACK + STEPS)
    assert live.crashes() == ()


def test_lines_that_came_out_before_the_traceback_too_are_no_buffers() -> None:
    """A loop of a shell starts the program again; at its end it comes through."""
    first, second = STEPS[: len(STEPS) // 2], STEPS[len(STEPS) // 2 :]
    assert crash_of(first + TRACEBACK + second) is None
    assert crash_of(b"loading data\n" + TRACEBACK + STEPS) is not None
    assert crash_of(first + TRACEBACK + second + TRACEBACK) is not None
    # So much that a buffer was full and came out: the rest may have been in the next one.
    assert crash_of(first * 20 + TRACEBACK + second) is not None


def test_a_launcher_that_a_person_interrupted_has_not_crashed() -> None:
    name = b"torch.distributed.elastic.multiprocessing.api.SignalException: Process 42 got signal: "
    stack = TRACEBACK[: TRACEBACK.rindex(b"\n", 0, -1) + 1]
    assert crash_of(stack + name + b"2\n") is None
    assert crash_of(stack + name + b"15\n") is not None


def test_one_that_is_logged_and_passed_is_no_crash() -> None:
    logged = b"ERROR:root:could not upload, will try after the next epoch\n" + TRACEBACK
    first, second = b"ep 0 val_loss 0.500\n", b"ep 1 val_loss 0.250\n"
    assert crash_of(logged + first + logged + second + b"Done.\n") is None
    assert crash_of(logged + first + logged) is not None
    failed = b"[W 2026-12-01 14:51:47,085] Trial 2 failed because of: IndexError()\n" + TRACEBACK
    after = b"[I 2026-12-01 14:51:47,086] Trial 3 finished with value: 0.2500.\n"
    assert crash_of(failed + after) is None


def test_a_measure_below_its_counter_is_progress() -> None:
    logged = b"01/30/2026 06:37:36 - ERROR - validation - " + TRACEBACK.replace(b"<module>", b"run")
    logged += b"01/30/2026 06:37:36 - INFO - validation - saved\n"
    told = b"".join(b"[Step %d] Debug info:\n  Loss: 0.%d\n" % (n, n) for n in range(3))
    assert crash_of(logged + told) is None
    assert crash_of(logged + told.replace(b"Loss", b"Shape")) is not None


def test_one_that_the_program_tries_again_after_is_no_crash() -> None:
    again = TRACEBACK + b"OOM, retrying with batch size 16\n"
    assert crash_of(again + STEPS) is None
    assert crash_of(again + TRACEBACK + STEPS) is not None
    crash = crash_of(again)
    assert crash is not None
    assert "retrying" not in crash.message


def test_an_interpreters_session_that_is_printed_is_no_crash() -> None:
    session = b">>> rows[3]\n" + TRACEBACK.replace(b"/home/ana/tiny/train.py", b"<stdin>")
    assert crash_of(b"----- sample -----\n" + session + b">>> import torch\n------\n") is None
    assert crash_of(session.partition(b"\n")[2]) is not None


def test_a_task_that_ray_tries_again_is_no_crash() -> None:
    failed = (
        b"(raylet) Task evaluate failed. There are 2 retries remaining, so the task will be retried. "
        b"Error: User exception:\nray::evaluate() (pid=28670, ip=192.0.2.2)\n"
        b'  File "/srv/jobs/collect.py", line 21, in evaluate\n    raise TimeoutError("no answer")\n'
        b"TimeoutError: no answer\n"
    )
    assert crash_of(failed + b"iteration 3: mean reward 0.750, eval 3\n") is None
    assert crash_of(failed.replace(b"There are 2 retries remaining, so", b"No")) is not None


def test_a_logged_error_is_outlived_by_the_same_loggers_next_step() -> None:
    logged = b"05:39:01 | ERROR    | skipping sample 5\n" + TRACEBACK.replace(b"<module>", b"fetch")
    step = b"05:39:01 | INFO     | epoch 3/3 loss=1.0244\n"
    assert crash_of(logged + step) is None
    assert crash_of(logged + b"05:39:01 | INFO     | closing the files\n") is not None
    assert crash_of(TRACEBACK + step) is not None


def test_what_loguru_marks_as_caught_is_outlived_by_a_success() -> None:
    caught = b"2026-12-01 05:50:04.573 | ERROR    | __main__:<module>:27 - trial 1 failed\n"
    caught += TRACEBACK.replace(
        b'  File "/home/ana/tiny/train.py", line 9', b'> File "train.py", line 9'
    )
    success = b"2026-12-01 05:50:04.712 | SUCCESS  | __main__:<module>:31 - best value 0.0439\n"
    assert crash_of(caught) is not None
    assert crash_of(caught + success) is None
    assert crash_of(TRACEBACK + success) is not None


def test_fits_of_a_search_may_fail() -> None:
    told = b"6 fits failed with the following error:\n"
    assert crash_of(told + TRACEBACK) is None
    assert crash_of(b"6 fits were made\n" + TRACEBACK) is not None


def test_what_a_training_took_is_said_at_its_end() -> None:
    logged = b"10:00:01 - ERROR - a reader failed\n" + TRACEBACK.replace(b"<module>", b"fetch")
    assert crash_of(logged + b"10:00:09 - Training took 00:09:17.33\n") is None
    assert crash_of(logged + b"10:00:09 - Reading took 00:09:17.33\n") is not None


def test_a_warning_of_an_exception_has_caught_it() -> None:
    caught = TRACEBACK.replace(b"<module>", b"fetch")
    assert crash_of(b"[warn] sample 13 is broken\n" + caught) is None
    assert crash_of(b"[error] sample 13 is broken\n" + caught) is not None
    assert crash_of(b"[warn] sample 13 is broken\n" + TRACEBACK) is not None


def test_a_launcher_that_starts_again_is_outlived_by_the_end_of_training() -> None:
    died = (
        TRACEBACK
        + b"E1201 api.py:1002] failed (exitcode: 1) local_rank: 1 (pid: 2) of binary: python3\n"
    )
    assert crash_of(died + STEPS) is not None
    assert crash_of(died + STEPS + b"training finished\n") is None


def test_what_a_script_says_at_its_end_does_not_outlive_a_crash() -> None:
    assert crash_of(TRACEBACK + b"exit code 1\nJob finished at 10:00\n") is not None
    assert crash_of(TRACEBACK + b"Training finished\n") is not None
    assert crash_of(TRACEBACK + STEPS + b"Training finished\n") is None
    assert crash_of(TRACEBACK.replace(b"<module>", b"fetch") + b"Training finished\n") is None


def test_a_persons_own_launcher_only_hands_on_how_its_program_ended() -> None:
    launcher = TRACEBACK.replace(
        b"IndexError: list index out of range", b"RuntimeError: training failed with exit code 1"
    )
    crash = crash_of(TRACEBACK + launcher)
    assert crash is not None
    assert crash.exception == "IndexError"
    alone = crash_of(launcher)
    assert alone is not None
    assert alone.exception == "RuntimeError"


def test_a_status_of_zero_tells_that_the_program_has_caught_it() -> None:
    caught = TRACEBACK.replace(b"<module>", b"fetch")
    assert crash_of(caught + b"exit status: 0\n") is None
    assert crash_of(caught + b"exit status: 1\n") is not None


def test_a_bar_that_redraws_itself_is_no_progress() -> None:
    bars = b"".join(b"\r %d%%|## | %d/50 [00:01<00:09]" % (2 * n, n) for n in range(20))
    assert crash_of(bars + TRACEBACK + b"\n 38%|## | 19/50 [00:01<00:09]\n") is not None


def test_a_run_that_succeeded_has_no_crash() -> None:
    assert crash_of(STEPS + TRACEBACK, exit_status=0) is None


def test_what_follows_the_end_mark_belongs_to_the_shell() -> None:
    shell = b"bash-5.2$ ./nothing\r\nbash: ./nothing: No such file or directory\r\n" + TRACEBACK
    assert crash_of(STEPS + MARK % (0, b"n1") + shell) is None
    crash = crash_of(STEPS + TRACEBACK + MARK % (1, b"n1") + b"oops\n" + STEPS)
    assert crash is not None
    assert crash.exit_status == 1


def test_the_mark_of_a_shell_whose_locale_writes_a_decimal_comma() -> None:
    reader = LogReader(nonce="n1")
    reader.feed(TRACEBACK + b"\x1b]133;D;1;propel=n1;time=1700000000,25\x07bash-5.2$ oops\r\n")
    assert (reader.ended, reader.exit_status) == (True, 1)
    assert len(reader.crashes()) == 1


def test_a_mark_that_the_program_prints_ends_nothing() -> None:
    reader = LogReader(nonce="mine")
    reader.feed(STEPS + MARK % (0, b"forged") + TRACEBACK)
    assert not reader.ended
    assert len(reader.crashes()) == 1
    log = MARK % (1, b"mine")
    for at in range(len(log)):
        reader.feed(log[at : at + 1])
    assert (reader.ended, reader.exit_status) == (True, 1)


def test_colours_frames_and_junk_bytes_are_seen_through() -> None:
    junk = bytes(range(128, 256)) + b"\x00\x01\x02\n"
    coloured = TRACEBACK.replace(b'File "', b'File \x1b[35m"').replace(b'py"', b'py"\x1b[0m')
    coloured = coloured.replace(b"IndexError", b"\x1b[1;35mIndexError\x1b[0m")
    glued = b"  5%|# | 1/20 [00:01<00:20]\r 10%|## | 2/20 [00:02<00:18]" + coloured
    crash = crash_of(junk + glued.replace(b"\n", b"\r\n"))
    assert crash is not None
    assert (crash.exception, crash.frames[-1].line) == ("IndexError", 5)


def test_ranks_that_print_at_once_are_told_from_each_other() -> None:
    one, two = (
        [b"[rank%d]: %s" % (rank, line) for line in TRACEBACK.splitlines()] for rank in (0, 3)
    )
    mixed = b"\n".join(line for pair in zip(one, two, strict=True) for line in pair)
    crash = crash_of(STEPS + mixed + b"\n")
    assert crash is not None
    assert crash.ranks == (0, 3)
    assert [frame.line for frame in crash.frames] == [9, 5]


def test_the_other_ranks_lost_connection_is_a_consequence() -> None:
    lost = TRACEBACK.replace(
        b"IndexError: list index out of range",
        b"RuntimeError: Connection closed by peer [1.2.3.4]:5",
    )
    log = b"".join(b"[rank0]: " + line for line in lost.splitlines(keepends=True))
    log += b"".join(b"[rank2]: " + line for line in TRACEBACK.splitlines(keepends=True))
    crash = crash_of(log)
    assert crash is not None
    assert (crash.exception, crash.ranks) == ("IndexError", (2,))


SUMMARY = b"""\
W1201 04:54:02.604000 407 torch/distributed/elastic/multiprocessing/api.py:1028] Sending process 443 closing signal SIGTERM
E1201 04:54:02.779000 407 torch/distributed/elastic/multiprocessing/api.py:1002] failed (exitcode: %(code)d) local_rank: 1 (pid: 444) of binary: python3
Traceback (most recent call last):
  File "/opt/env/bin/torchrun", line 8, in <module>
    sys.exit(main())
torch.distributed.elastic.multiprocessing.errors.ChildFailedError:
=====================================================
train.py FAILED
-----------------------------------------------------
Failures:
  <NO_OTHER_FAILURES>
-----------------------------------------------------
Root Cause (first observed failure):
[0]:
  time      : 2026-12-01_04:54:02
  host      : localhost
  rank      : 1 (local_rank: 1)
  exitcode  : %(code)d (pid: 444)
  error_file: <N/A>
  traceback : Signal %(signal)d (%(name)s) received by PID 444
=====================================================
"""


def test_what_a_rank_aborted_for_is_what_cpp_printed() -> None:
    said = (
        b"terminate called after throwing an instance of 'gloo::EnforceNotMet'\n"
        b"  what():  [enforce fail at gloo/transport/tcp/pair.cc:464] op.preamble.length <= op.nbytes.\n"
    )
    aborted = SUMMARY % {b"code": -6, b"signal": 6, b"name": b"SIGABRT"}
    crash = crash_of(said + aborted)
    assert crash is not None
    assert crash.exception == "gloo::EnforceNotMet"
    crash = crash_of(aborted)
    assert crash is not None
    assert crash.exit_status == 134
    # Who is killed from outside has no part in what others then abort for.
    crash = crash_of(said + SUMMARY % {b"code": -9, b"signal": 9, b"name": b"SIGKILL"})
    assert crash is not None
    assert crash.exit_status == 137


def test_a_chain_ends_in_the_exception_printed_last() -> None:
    link = b"\nDuring handling of the above exception, another exception occurred:\n\n"
    crash = crash_of(TRACEBACK + link + TRACEBACK.replace(b"IndexError: list", b"KeyError: list"))
    assert crash is not None
    assert crash.exception == "KeyError"
    assert [raised.exception for raised in crash.chain] == ["IndexError"]


def test_a_file_that_does_not_compile() -> None:
    crash = crash_of(
        b'  File "train.py", line 3\n    if x = 1:\n       ^^^^^\n'
        b"SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?\n"
    )
    assert crash is not None
    assert crash.exception == "SyntaxError"
    assert [(frame.file, frame.line) for frame in crash.frames] == [("train.py", 3)]


@pytest.mark.parametrize(
    "line",
    [
        b"bash: line 1: trian: command not found",
        b"train.sh: line 11: pyhton: command not found",
        b"python3: can't open file '/home/ana/trian.py': [Errno 2] No such file or directory",
        b"./train.sh: Permission denied",
    ],
)
def test_the_shells_own_errors(line: bytes) -> None:
    crash = crash_of(STEPS[:40] + b"\n" + line + b"\n", exit_status=127)
    assert crash is not None
    assert (crash.kind, crash.message) == (CrashKind.SHELL, line.decode())


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"make: *** [Makefile:2: train] Error 1\n", 1),
        (b"make[1]: *** [train] Error 137\n", 137),
        (b"gmake: *** [Makefile:2: train] Killed\n", 137),
        (b"make: *** [Makefile:2: train] Segmentation fault (core dumped)\n", 139),
        (b"make: [Makefile:2: clean] Error 1 (ignored)\n", None),
        (b"make: *** [Makefile:2: train] Error 1\n" + STEPS, None),
    ],
)
def test_what_make_says_of_the_recipe_that_failed(line: bytes, status: int | None) -> None:
    crash = crash_of(STEPS + line)
    assert (crash.exit_status if crash else None) == status


def test_make_says_less_than_what_ended_its_recipe() -> None:
    crash = crash_of(STEPS + TRACEBACK + b"make: *** [Makefile:2: train] Error 1\n")
    assert crash is not None
    assert crash.exception == "IndexError"
    crash = crash_of(
        b"bash: line 1: nvcc: command not found\nmake: *** [Makefile:2: x] Error 127\n"
    )
    assert crash is not None
    assert crash.kind is CrashKind.SHELL


def test_a_usage_error_comes_with_its_usage() -> None:
    crash = crash_of(b"usage: train.py [-h]\n                [--lr LR]\ntrain.py: error: no\n")
    assert crash is not None
    assert crash.kind is CrashKind.USAGE
    assert crash.message.splitlines()[0] == "train.py: error: no"
    assert "[--lr LR]" in crash.message


def test_a_status_alone_is_an_end_too() -> None:
    crash = crash_of(STEPS + b"giving up\n", exit_status=3)
    assert crash is not None
    assert (crash.kind, crash.exit_status) == (CrashKind.EXIT, 3)
    assert crash.message.splitlines()[-1] == "giving up"


def test_memory_stays_bounded() -> None:
    reader = LogReader()
    tracemalloc.start()
    for _ in range(20):
        reader.feed(STEPS * 1000)
        reader.crashes()
    for _ in range(2):
        reader.feed(TRACEBACK * 1500)
        reader.crashes()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(reader.crashes()) == 1
    assert peak < 30 * LARGEST


def test_a_traceback_that_begins_where_another_was_outlived_is_not_missed() -> None:
    reader = LogReader()
    reader.feed(TRACEBACK + STEPS + TRACEBACK[:60])
    assert reader.crashes() == ()
    reader.feed(TRACEBACK[60:])
    assert [crash.exception for crash in reader.crashes()] == ["IndexError"]


def test_a_crash_is_kept_under_any_amount_of_other_output() -> None:
    noise = b"waiting for the other processes to come to the barrier\n" * 200_000
    reader = LogReader()
    reader.feed(TRACEBACK)
    for _ in range(4):
        reader.feed(noise)
        assert [crash.exception for crash in reader.crashes()] == ["IndexError"]
    assert [crash.exception for crash in reader.crashes(ended=True)] == ["IndexError"]
    reader.feed(STEPS * 100)
    assert reader.crashes() == ()
    assert reader.crashes(ended=True) == ()


LAUNCHER = b"""Traceback (most recent call last):
  File "/usr/bin/torchrun", line 8, in <module>
    sys.exit(main())
  File "/usr/lib/python3.11/site-packages/torch/distributed/launcher/api.py", line 269, in launch_agent
    raise ChildFailedError(
torch.distributed.elastic.multiprocessing.errors.ChildFailedError:
============================================================
train.py FAILED
============================================================
"""
OTHER = TRACEBACK.replace(b"IndexError: list index out of range", b"KeyError: 'labels'")


def test_of_several_launches_in_one_log_the_last_counts() -> None:
    crash = crash_of(TRACEBACK + LAUNCHER + b"preparing\n" + OTHER + LAUNCHER)
    assert crash is not None
    assert crash.exception == "KeyError"


def test_what_the_launch_of_another_node_repeats_is_one_crash() -> None:
    log = TRACEBACK + OTHER + LAUNCHER + OTHER + LAUNCHER
    crash = crash_of(log)
    assert crash is not None
    assert (crash.start, crash.exception) == (0, "IndexError")


def test_an_interrupt_that_came_through_cpp_is_no_crash() -> None:
    raised = b"RuntimeError: KeyboardInterrupt: <EMPTY MESSAGE>\n"
    assert (
        crash_of(STEPS + TRACEBACK.replace(b"IndexError: list index out of range\n", raised))
        is None
    )


def test_a_script_that_says_done_tells_nothing_of_its_program() -> None:
    assert crash_of(TRACEBACK + b"\nreal\t0m56.895s\ndone\n") is not None
    caught = TRACEBACK.replace(b"in <module>", b"in step")
    assert crash_of(caught + b"\ndone\n") is None


def test_a_logged_traceback_is_outlived_by_many_further_records() -> None:
    record = b"2025-05-08 21:50:31,426 - __main__ - INFO - Loading the model\n"
    logged = b"2025-05-08 21:50:20,192 - __main__ - ERROR - " + TRACEBACK
    assert crash_of(logged + record) is not None
    assert crash_of(logged + record * 12) is None
    assert crash_of(TRACEBACK + record * 12) is not None
    assert crash_of(logged + record * 12 + b"srun: error: n1: task 0: Exited\n") is not None


def test_what_a_ray_worker_died_of_comes_before_what_its_driver_raises() -> None:
    inner = OTHER.replace(b"KeyError: 'labels'", b"ImportError: a.so: undefined symbol: b")
    worker = (
        b"(raylet) Traceback (most recent call last):\n"
        b'  File "python/ray/_raylet.pyx", line 2276, in ray._raylet.task_execution_handler\n'
        b"RuntimeError: The actor with name Worker failed to import on the worker. This may be "
        b"because needed library dependencies are not installed in the worker environment:\n\n"
    )
    died = b"An unexpected internal error occurred while the worker was executing a task.\n"
    crash = crash_of(worker + inner + died + TRACEBACK)
    assert crash is not None
    assert crash.exception == "ImportError"
    assert crash.frames[-1].line == 5


def test_an_exceptions_last_line_alone_is_read_at_the_end_of_a_log() -> None:
    line = b"jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory\n"
    crash = crash_of(STEPS + b"compiling\n" + line + b"BufferAssignment stats:\n")
    assert crash is not None
    assert crash.exception == "jaxlib.xla_extension.XlaRuntimeError"
    assert crash.message == "RESOURCE_EXHAUSTED: Out of memory\nBufferAssignment stats:"
    assert crash_of(b"RuntimeError: CUDA out of memory\n") is not None
    assert crash_of(b"    raise RuntimeError(said)\nRuntimeError: CUDA out of memory\n") is not None


@pytest.mark.parametrize(
    "log",
    [
        STEPS + b"requests.exceptions.ReadTimeout: trying again\nstep 51 loss 0.02\n",
        STEPS + b"compiling\nValueError: this batch is left out\n",
        STEPS + b"compiling\nlib.errors.ShapeWarning: padded\n",
        STEPS
        + b"compiling\nException ignored in: <function Run.__del__ at 0x7f>\n"
        + TRACEBACK.replace(b"IndexError", b"wandb.errors.CommError"),
    ],
)
def test_an_exceptions_line_that_stopped_nothing(log: bytes) -> None:
    assert crash_of(log) is None


GONE = b"""Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 9, in <module>
    for batch in loader:
  File "/home/ana/.venv/lib/python3.11/site-packages/torch/utils/data/dataloader.py", line 1304, in _try_get_data
    raise RuntimeError(
RuntimeError: DataLoader worker (pid(s) 25260) exited unexpectedly
"""


def test_what_a_worker_raised_is_why_it_is_gone() -> None:
    crash = crash_of(TRACEBACK + GONE)
    assert crash is not None
    assert crash.exception == "IndexError"


def test_what_was_caught_long_before_is_not_why_a_worker_is_gone() -> None:
    crash = crash_of(TRACEBACK + b"INFO: reading one more file\n" * 60 + GONE)
    assert crash is not None
    assert crash.exception == "RuntimeError"


HYDRA_CUT = b"""Error executing job with overrides: ['trainer=ddp']
Error in call to target 'lightning.pytorch.trainer.trainer.Trainer':
MisconfigurationException('No supported gpu backend found!')
full_key: trainer
"""


def test_hydras_words_without_its_hint_are_an_end() -> None:
    crash = crash_of(HYDRA_CUT)
    assert crash is not None
    assert (crash.kind, crash.exception) == (CrashKind.EXCEPTION, "MisconfigurationException")
    assert crash_of(STEPS + b"full_key: trainer\n") is None


def test_a_usage_error_whose_usage_was_cut() -> None:
    cut = b"             [--plot_loss [PLOT_LOSS]]\n             [--top_k TOP_K]\n"
    said = b"train.py: error: the following arguments are required: --output_dir\n"
    crash = crash_of(cut + said)
    assert crash is not None
    assert crash.kind is CrashKind.USAGE
    assert crash.message.startswith("train.py: error: the following")
    assert crash_of(STEPS + said) is None
