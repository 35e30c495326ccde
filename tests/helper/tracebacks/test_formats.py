"""Tracebacks as programs really draw, hand on and prefix them; ``logs/`` was recorded by running."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.facts.crash import Crash
from propel_helper.tracebacks.reader import TAIL, LogReader

LOGS = Path(__file__).parent / "logs"
TRACEBACK = """Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 9, in <module>
    main()
    ~~~~^^
  File "/home/ana/tiny/train.py", line 5, in main
    return rows[3]
           ~~~~^^^
IndexError: list index out of range
"""


def crash_in(log: bytes) -> Crash:
    reader = LogReader()
    reader.feed(log)
    (crash,) = reader.crashes(ended=True)
    return crash


def deepest_own(crash: Crash) -> tuple[str, int] | None:
    own = [frame for frame in crash.frames if frame.file.startswith("/home/ana/tiny/")]
    return (own[-1].file.rpartition("/")[2], own[-1].line) if own else None


@pytest.mark.parametrize(
    ("name", "exception", "line", "ranks"),
    [
        ("richx", "JSONDecodeError", 5, ()),
        ("richlocals", "IndexError", 5, ()),
        ("richchain", "RuntimeError", 7, ()),
        ("typerapp", "IndexError", 6, ()),
        ("ipy", "IndexError", 2, ()),
        ("ipycolor", "ZeroDivisionError", 2, ()),
        ("loguru1", "IndexError", 5, ()),
        ("absl", "ValueError", 4, ()),
        ("group", "ValueError", 1, ()),
        ("taskgroup", "ValueError", 4, ()),
        ("bar", "IndexError", 5, ()),
        ("pool", "ZeroDivisionError", 3, ()),
        ("loader", "FileNotFoundError", 6, ()),
        ("spawn", "ValueError", 3, (1,)),
        ("ddp", "RuntimeError", 7, (1,)),
        ("ddptee", "FileNotFoundError", 3, (0, 1)),
        ("segv", None, 4, ()),
        ("spawnkill", "torch.multiprocessing.spawn.ProcessExitedException", 6, ()),
    ],
)
def test_recorded(name: str, exception: str | None, line: int, ranks: tuple[int, ...]) -> None:
    crash = crash_in((LOGS / f"{name}.log").read_bytes())
    assert crash.exception == exception
    place = deepest_own(crash)
    assert place is not None
    assert place[1] == line
    assert crash.ranks == ranks


@pytest.mark.parametrize(
    ("prefixed", "ranks"),
    [
        (lambda _, line: f"3: {line}", (3,)),
        (lambda _, line: f"trainer-2  | {line}", ()),
        (lambda at, line: f"2026-05-01T12:00:{at:02d}.123456789Z {line}", ()),
        (lambda at, line: f"[2026-05-01 12:00:{at:02d}] {line}", ()),
        (lambda _, line: f"[1,3]<stderr>:{line}", (3,)),
        (lambda _, line: f"[default1]:[rank3]: {line}", (3,)),
        (lambda _, line: f"\x1b[36m(Worker pid=123, ip=10.0.0.1)\x1b[0m {line}", ()),
        (lambda _, line: f"> {line}", ()),
        (lambda _, line: f"# {line}", ()),
        (lambda _, line: f"\t{line}", ()),
        (lambda at, line: f"05/01/2026 12:00:{at:02d} - ERROR - root -   {line}", ()),
        (lambda _, line: json.dumps({"log": f"{line}\n", "stream": "stderr"}), ()),
    ],
)
def test_a_prefix_on_every_line(
    prefixed: Callable[[int, str], str], ranks: tuple[int, ...]
) -> None:
    lines = [prefixed(at, line) for at, line in enumerate(TRACEBACK.splitlines())]
    crash = crash_in("\n".join(["step 1 loss 0.5", *lines, ""]).encode())
    assert (crash.exception, crash.ranks) == ("IndexError", ranks)
    assert [frame.line for frame in crash.frames] == [9, 5]


def test_one_json_object_with_many_lines() -> None:
    crash = crash_in(json.dumps({"message": TRACEBACK, "level": "error"}).encode() + b"\n")
    assert [frame.line for frame in crash.frames] == [9, 5]


def test_frames_torn_by_the_terminals_edge() -> None:
    torn = TRACEBACK.replace("/home/ana/tiny/train.py", "/home/ana/ti\nny/train.py")
    assert deepest_own(crash_in(torn.encode())) == ("train.py", 5)


def test_other_output_between_the_frames() -> None:
    lines = TRACEBACK.splitlines()
    lines[3:3] = ["INFO: worker 2 is done", "  5%|# | 1/20 [00:01<00:20]"]
    assert [frame.line for frame in crash_in("\n".join([*lines, ""]).encode()).frames] == [9, 5]


def test_two_processes_print_through_one_another() -> None:
    lines = TRACEBACK.splitlines()
    mixed = [line for pair in zip(lines, lines, strict=True) for line in pair]
    crash = crash_in("\n".join([*mixed, ""]).encode())
    assert [frame.line for frame in crash.frames] == [9, 5]


@pytest.mark.parametrize(
    "line",
    [
        "KeyErrorKeyError: : 'labels''labels'",
        "KeyErrorKeyErrorKeyError: : : 'labels''labels''labels'",
    ],
)
def test_processes_that_print_one_exception_through_one_another(line: str) -> None:
    log = TRACEBACK.replace("IndexError: list index out of range", line)
    crash = crash_in(log.encode())
    assert (crash.exception, crash.message) == ("KeyError", "'labels'")


def test_a_box_in_the_column_of_a_loggers_messages() -> None:
    log = """[12:00:01] ERROR    could not start
                    ╭──────── Traceback (most recent call last) ────────╮
                    │ /home/ana/tiny/config.py:15 in from_yaml          │
                    │                                                   │
                    │ ❱ 15     return TinyConfig(**raw)                 │
                    ╰───────────────────────────────────────────────────╯
                    TypeError: TinyConfig.__init__() got an unexpected
                    keyword argument 'kl'
"""
    reader = LogReader()
    reader.feed(log.encode())
    (crash,) = reader.crashes(ended=True)
    assert crash.message == "TinyConfig.__init__() got an unexpected keyword argument 'kl'"
    assert [(frame.file, frame.line) for frame in crash.frames] == [
        ("/home/ana/tiny/config.py", 15)
    ]


def test_frames_of_code_that_tensorflow_has_rewritten_stand_in_the_message() -> None:
    log = b"""Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 9, in <module>
    rows = rows.map(fix)
ValueError: in user code:

    File "/home/ana/tiny/rows.py", line 191, in fix  *
        raise ValueError(

    ValueError: 14 is not 7.
"""
    reader = LogReader()
    reader.feed(log)
    (crash,) = reader.crashes(ended=True)
    assert (crash.frames[-1].file, crash.frames[-1].line) == ("/home/ana/tiny/rows.py", 191)


def test_a_frame_torn_behind_its_line_number() -> None:
    log = b"""Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 9, i
n <module>
    import rows
  File "/home/ana/tiny/rows.py", line 3, in <mo
dule>
    from torch import nothing
ImportError: cannot import name 'nothing' from 'torch'
"""
    reader = LogReader()
    reader.feed(log)
    (crash,) = reader.crashes(ended=True)
    assert [(frame.line, frame.function) for frame in crash.frames] == [
        (9, "<module>"),
        (3, "<module>"),
    ]


def test_a_coloured_box_is_seen_however_much_it_shows_of_the_variables() -> None:
    top, *rest = (
        (
            "\x1b[31m╭─\x1b[0m\x1b[31m─────\x1b[0m \x1b[1;31mTraceback \x1b[0m\x1b[1;2;31m(most recent call last)"
            "\x1b[0m\x1b[31m ─────\x1b[0m\x1b[31m─╮\x1b[0m"
        ),
        "\x1b[31m│\x1b[0m \x1b[2;33m/home/ana/tiny/\x1b[0m\x1b[1;33mtrain.py\x1b[0m:\x1b[94m8\x1b[0m in \x1b[92mmain\x1b[0m   \x1b[31m│\x1b[0m",
        "\x1b[31m│\x1b[0m \x1b[31m❱ \x1b[0m8   return make(**base)      \x1b[31m│\x1b[0m",
    )
    variable = "\x1b[31m│\x1b[0m \x1b[34m│\x1b[0m   \x1b[3;33mweights\x1b[0m\x1b[31m =\x1b[0m [0.25, 0.5]    \x1b[34m│\x1b[0m"
    bottom = (
        "\x1b[31m╰──────────────────────────────╯\x1b[0m",
        "\x1b[1;91mValueError: \x1b[0mtoo few",
    )
    log = "\n".join([top, *rest, *[variable] * 2000, *bottom, ""]).encode()
    assert len(log) > TAIL
    crash = crash_in(log)
    assert (crash.exception, crash.message) == ("ValueError", "too few")
    assert [(frame.file, frame.line) for frame in crash.frames] == [("/home/ana/tiny/train.py", 8)]


def test_a_box_names_no_file_of_frames_that_have_none() -> None:
    crash = crash_in(
        "╭───── Traceback (most recent call last) ─────╮\n"
        "│ /home/ana/tiny/train.py:8 in <module>       │\n"
        "│                                             │\n"
        "│ ❱ 8 args = Arguments(lr=-1)                 │\n"
        "│ in __init__:122                             │\n"
        "╰─────────────────────────────────────────────╯\n"
        "ValueError: lr\n".encode()
    )
    assert [(frame.file, frame.line) for frame in crash.frames] == [("/home/ana/tiny/train.py", 8)]


def test_a_box_breaks_a_long_header_between_its_words() -> None:
    crash = crash_in(
        "╭───── Traceback (most recent call last) ─────╮\n"
        "│ /home/ana/tiny/train.py:8 in <module>       │\n"
        "│                                             │\n"
        "│ ❱ 8 main()                                  │\n"
        "│                                             │\n"
        "│ /home/ana/tiny/repetition_of_words.py:64 in │\n"
        "│ word_repetition                             │\n"
        "│                                             │\n"
        "│ ❱ 64 random.sample(rows, k=wanted)          │\n"
        "╰─────────────────────────────────────────────╯\n"
        "ValueError: Sample larger than population\n".encode()
    )
    assert [(frame.line, frame.function) for frame in crash.frames] == [
        (8, "<module>"),
        (64, "word_repetition"),
    ]


ATTEMPT = """Traceback (most recent call last):
  File "/home/ana/venv/lib/python3.12/site-packages/decoder/loading.py", line 93, in load_libraries
    ctypes.CDLL(path)
OSError: libthing.so.{}: cannot open shared object file: No such file or directory
"""
ATTEMPTS = """Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 9, in <module>
    import decoder
  File "/home/ana/venv/lib/python3.12/site-packages/decoder/loading.py", line 111, in load_libraries
    raise RuntimeError(
RuntimeError: Could not load the decoder. Likely causes:
          1. The library is not installed; see exceptions below.

        The following exceptions were raised as we tried to load it:

[start of traceback]
Version 8:
"""


def test_tracebacks_inside_a_message_belong_to_it() -> None:
    log = ATTEMPTS + ATTEMPT.format(60) + "\nVersion 7:\n" + ATTEMPT.format(59) + "[end]\n"
    crash = crash_in(log.encode())
    assert crash.exception == "RuntimeError"
    assert deepest_own(crash) == ("train.py", 9)
    assert "libthing.so.60" in crash.message
    assert "libthing.so.59" in crash.message


def test_a_program_that_ends_below_such_a_message_has_an_error_of_its_own() -> None:
    assert crash_in((ATTEMPTS + TRACEBACK).encode()).exception == "IndexError"


def test_ray_tune_sums_up_what_its_trials_raised() -> None:
    log = """2024-03-02 10:11:12,149\tERROR trial_runner.py:569 -- Error processing event.
Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/ray/tune/trial_runner.py", line 515, in _process_trial
    result = self.trial_executor.fetch_result(trial)
ray.exceptions.RayTaskError(RuntimeError): ray_Train:train() (pid=8861, host=gpu50)
  File "/usr/lib/python3/dist-packages/ray/tune/trainable.py", line 176, in train
    result = self._train()
  File "/home/ana/tiny/net.py", line 44, in forward
    return self.one(x)
RuntimeError: Expected 4-dimensional input
Traceback (most recent call last):
  File "/home/ana/tiny/search.py", line 85, in <module>
    tune.run(Train)
  File "/usr/lib/python3/dist-packages/ray/tune/tune.py", line 269, in run
    raise TuneError("Trials did not complete", errored_trials)
ray.tune.error.TuneError: ('Trials did not complete', [Train_0])
"""
    crash = crash_in(log.encode())
    assert deepest_own(crash) == ("net.py", 44)
    alone = crash_in(log[log.index('Traceback (most recent call last):\n  File "/home') :].encode())
    assert deepest_own(alone) == ("search.py", 85)
