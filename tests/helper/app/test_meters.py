"""How far a run is: logs that grow, are cut, or are too long to be caught up with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from propel_helper.app.answers import answers, like, short_name, standing_answers, trains
from propel_helper.app.intake import remember
from propel_helper.app.launch import launch
from propel_helper.app.meter import MOST_BEHIND, Meter
from propel_helper.app.metrics import TAIL, last_step, progress_words
from propel_helper.app.runs import find
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger

RUN = Run(
    run="20260101-000000", command="python train.py", cwd="/", backend="screen", session="s",
    log="", attempt=1, state=RunState.RUNNING, exit_status=None, reason="", started=0.0,
    ended=None, attach="", detach="", list="", kill="",
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "1.log"
    path.write_bytes(b"")
    return path


def line(step: int) -> bytes:
    return f"step {step}/900000 loss {1 / step:.6f} lr 0.1\n".encode()


def meter_of(log: Path, state: RunState = RunState.RUNNING) -> Meter:
    return Meter(replace(RUN, log=str(log), state=state))


def test_a_log_that_grows_and_is_cut(log: Path) -> None:
    meter = meter_of(log)
    assert not meter.advance(1)
    with log.open("ab") as stream:
        stream.write(line(1) + line(2) + line(3)[:8])
    assert meter.advance(1)
    assert meter.reader.progress().step == 2
    with log.open("ab") as stream:
        stream.write(line(3)[8:])
    assert meter.advance(1)
    assert not meter.advance(1)
    assert meter.reader.progress().step == 3
    log.write_bytes(line(1))
    assert meter.advance(1)
    assert meter.reader.progress().step == 1


def test_of_a_long_log_the_end_is_read_from_a_whole_line_on(log: Path) -> None:
    log.write_bytes(b"".join(map(line, range(1, 300_000))))
    assert log.stat().st_size > MOST_BEHIND
    meter = meter_of(log)
    meter.advance(60)
    assert meter.reader.progress().step == 299_999
    (loss,) = [one for one in meter.reader.series() if one.name == "loss"]
    assert 1000 < len(loss) < 10_000
    assert min(loss.steps) > 200_000


def test_of_an_ended_run_the_last_words(log: Path) -> None:
    log.write_bytes(b"".join(map(line, range(1, 20_000))) + b"Traceback: not a step\n" * 50)
    meter = meter_of(log, RunState.FAILED)
    meter.advance(60)
    assert meter.reader.progress().step == 19_999


def test_a_log_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        meter_of(tmp_path / "none").advance(1)


def test_a_loss_that_is_no_number_is_said(log: Path) -> None:
    log.write_bytes(b"step 5/10 loss nan\n")
    meter = meter_of(log)
    meter.advance(1)
    words = progress_words(meter.reader.progress())
    assert (words.step, words.loss, words.rate) == ("5/10", "nan", "")


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("python train.py --lr 1", ("train.py",)),
        ("CUDA_VISIBLE_DEVICES=0 torchrun --nproc_per_node 2 src/train.py a=b -c x.yaml | tee o",
         ("src/train.py", "x.yaml")),
        ("python -m pkg.train --config b.json", ("pkg.train", "b.json")),
        ("bash run.sh", ("run.sh",)),
        ("nanotrain --fast", ("nanotrain --fast",)),
    ],
)  # fmt: skip
def test_what_a_command_trains(command: str, wanted: tuple[str, ...]) -> None:
    assert trains(command) == wanted


def test_a_short_name() -> None:
    assert short_name("python src/train.py --lr 1") == "train.py"
    assert short_name("nanotrain --an-option-that-is-long 3") == "nanotrain --an-option-t…"


def test_answers_stand_for_later_runs_of_the_same_program(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path
) -> None:
    def start(command: str) -> str:
        return launch(ledger, command, str(tmp_path), "screen", environ).run

    first, other = start("true train.py --lr 1"), start("true eval.py")
    remember(ledger, first, {"target-metric": "loss < 2", "tracker": ""})
    second = start("true train.py --lr 2")
    assert [one.run for one in like(ledger, str(tmp_path), "true train.py")] == [second, first]
    assert answers(ledger, second) == {}
    assert standing_answers(ledger, find(ledger, second))["target-metric"] == "loss < 2"
    assert standing_answers(ledger, find(ledger, other)) == {}
    remember(ledger, second, {"target-metric": ""})
    assert standing_answers(ledger, find(ledger, second))["target-metric"] == ""
    assert standing_answers(ledger, find(ledger, first))["target-metric"] == "loss < 2"


def test_the_newest_step_of_a_long_log_is_not_read_from_half_a_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    bar = b" 86%|##### | 1712/2000 [00:01<00:02, 9.00it/s]"
    cut = b"step 17" + bar + b" " * (TAIL - len(bar))
    log.write_bytes(cut)
    assert last_step(log) is None
    log.write_bytes(cut[: -len(bar) - 1] + b"\n" + bar)
    assert last_step(log) == 1712
