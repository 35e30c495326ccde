"""Requests in people's words: meaning is redirected, what is broken is taken on."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.change_request import answer
from propel_helper.facts.sentences import REDIRECT

LOGIC = """
add gradient clipping
increase the batch size to 64
use a cosine learning rate schedule with warmup
the loss is NaN, please lower the lr
replace the optimizer by AdamW
make it overfit less
add dropout to the decoder
train for 10 more epochs
why is my accuracy so low
switch to bf16
change the dataset to ImageNet
write me a poem
the model doesn't converge, add batch normalization

"""
RUNTIME = {
    "it can't find my checkpoint": "path",
    "No module named yaml": "dependency",
    "CUDA out of memory after ten steps": "oom",
    "it crashes with CUDA error: invalid device ordinal": "cuda",
    "permission denied when it writes the logs": "permission",
    "port 29500 is already in use": "distributed",
    "it says unrecognized arguments: --epohcs, a typo": "config",
    "please install the missing package": "dependency",
    "the disk is full and saving fails": "environment",
    "training fails: no such file or directory data/train.csv": "path",
}


SAID = Path(__file__).parent / "change_requests"
LOGIC += (SAID / "logic.txt").read_text("utf-8")
RUNTIME |= {
    sentence: category
    for line in (SAID / "runtime.txt").read_text("utf-8").splitlines()
    for category, _, sentence in (line.partition(": "),)
}


@pytest.mark.parametrize("sentence", LOGIC.strip().splitlines())
def test_a_change_of_meaning_is_redirected(sentence: str) -> None:
    said = answer(sentence)
    assert (said.scope.value, said.redirect, said.answer) == ("logic", REDIRECT, REDIRECT)


@pytest.mark.parametrize(("sentence", "category"), RUNTIME.items())
def test_what_is_broken_is_taken_on(sentence: str, category: str) -> None:
    said = answer(sentence)
    assert (said.scope.value, said.category.value, said.redirect) == ("runtime", category, None)


@pytest.mark.parametrize("sentence", ["", " ", "\x1b[31m\x00", "a" * 100_000])
def test_anything_gets_an_answer(sentence: str) -> None:
    assert answer(sentence).redirect == REDIRECT
