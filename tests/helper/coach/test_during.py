"""When a check-in speaks, and when it keeps quiet."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from propel_helper.coach.course import Checkpoint, Course
from propel_helper.coach.during import prompts
from propel_helper.facts.prompt import Prompt


def course(losses: Sequence[float], every: float = 10) -> Course:
    return Course(
        running=True,
        elapsed_s=100,
        steps=[every * index for index in range(len(losses))],
        losses=list(losses),
    )


def said(found: Course) -> dict[str, Prompt]:
    return {one.id: one for one in prompts(found)}


def curve(shape: Callable[[float], float], points: int = 400, noise: float = 0.02) -> list[float]:
    chance = random.Random(7)
    return [shape(i / points) * (1 + chance.gauss(0, noise)) for i in range(points)]


@pytest.mark.parametrize("noise", [0.0, 0.02, 0.1])
def test_a_flat_end_is_a_plateau_with_its_steps(noise: float) -> None:
    flat = curve(lambda x: 2.3 if x > 0.5 else 2.3 + 4 * (0.5 - x), noise=noise)
    found = said(course(flat))["plateau"]
    assert found.evidence["steps"] == pytest.approx(2000, rel=0.25)
    assert 2.1 < float(found.evidence["lowest"]) <= float(found.evidence["highest"]) < 2.6
    assert "plateau" in found.text


@pytest.mark.parametrize(
    "shape",
    [
        lambda x: 5 - 4 * x,
        lambda x: 5 * math.exp(-3 * x),
        lambda x: 3 / (1 + 10 * x) ** 0.3,
        lambda x: 1 + 2 * x,
    ],
)
@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_a_loss_that_still_moves_is_no_plateau(
    shape: Callable[[float], float], noise: float
) -> None:
    assert said(course(curve(shape, noise=noise))) == {}


def test_few_points_say_nothing() -> None:
    assert said(course([2.0] * 10)) == {}


def test_nan_in_the_first_steps() -> None:
    found = said(replace(course([2.0, 1.9, math.nan, math.nan]), precision="fp16"))["nan-loss"]
    assert found.evidence["step"] == 20
    assert found.evidence["before"] == 1.9
    assert "first 100 steps" in found.text
    assert "fp16" in found.text


def test_one_skipped_step_long_ago_is_no_nan() -> None:
    losses = curve(lambda x: 5 - 4 * x)
    losses[3] = math.inf
    assert said(course(losses)) == {}


def test_a_spike_says_what_it_was_before_and_is_now() -> None:
    losses = [2.0 - 0.01 * i for i in range(40)]
    losses[8] = 40.0
    found = said(course(losses))["loss-spike"]
    assert found.evidence["step"] == 80
    assert found.evidence["value"] == 40
    assert "come back" in found.text


def test_slower_than_itself() -> None:
    run = replace(course([]), rates=[10.0] * 50 + [4.0] * 10, rate_steps=list(range(60)))
    assert said(run)["slower"].evidence["now"] == 4
    assert said(replace(run, rates=[10.0] * 60)) == {}
    assert said(replace(run, running=False)) == {}


def test_age_of_the_last_checkpoint() -> None:
    run = replace(course([]), checkpoints=(Checkpoint("a.pt", 900), Checkpoint("b.pt", 960)))
    assert said(run)["checkpoint-age"].evidence == {"file": "a.pt", "age_s": 900, "usual_s": 60}
    assert said(replace(run, checkpoints=(Checkpoint("a.pt", 70), Checkpoint("b.pt", 130)))) == {}
    assert said(replace(run, checkpoints=(Checkpoint("a.pt", 7800),)))["checkpoint-age"].text.count(
        "2 h 10 min"
    )
    assert said(replace(run, running=False)) == {}


def test_silence_is_measured_against_the_usual_gap() -> None:
    run = replace(course([]), silent_s=100.0, gap_s=1.0)
    assert said(run)["silence"].evidence == {"silent_s": 100, "usual_s": 1}
    assert said(replace(run, gap_s=30.0)) == {}
    assert said(replace(run, running=False)) == {}


def test_idle_gpu() -> None:
    assert "GPU 0, 2" in said(replace(course([]), idle_gpus=(0, 2)))["gpu-idle"].text
