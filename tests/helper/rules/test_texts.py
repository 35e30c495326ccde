"""Near names: a slip is mended, another thing with almost the same name is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.finding import RerunStep
from propel_helper.rules import rotated_checkpoints, texts


def around(top: Path, *names: str) -> LocalSurroundings:
    (top / "weights").mkdir()
    for name in names:
        (top / "weights" / name).touch()
    return LocalSurroundings(top, top, "python train.py")


@pytest.mark.parametrize(
    ("gone", "newest"),
    [
        ("step_100.pt", "step_900.pt"),
        ("checkpoint-500", "checkpoint-1500"),
        ("epoch=3.ckpt", "epoch=12.ckpt"),
        ("global_step1000.pt", "global_step2000.pt"),
        ("1000.pt", "12000.pt"),
        ("model_iter_10.pth", "model_iter_20.pth"),
    ],
)
def test_a_runs_own_counter_leads_to_its_newest_checkpoint(
    tmp_path: Path, gone: str, newest: str
) -> None:
    assert (
        rotated_checkpoints.newest_alike(f"weights/{gone}", around(tmp_path, newest))
        == f"weights/{newest}"
    )


@pytest.mark.parametrize(
    ("gone", "there"),
    [
        ("teacher_b4.npz", "teacher_b0.npz"),
        ("resnet18.pt", "resnet50.pt"),
        ("best_fold0.pt", "best_fold1.pt"),
        ("llama_7b.safetensors", "llama_13b.safetensors"),
        ("model_v1.pt", "model_v2.pt"),
        ("run_seed1.ckpt", "run_seed2.ckpt"),
        ("wav2vec_step.pt", "wav3vec_step.pt"),
        ("epoch_030.pt", "epoch_010.pt"),
    ],
)
def test_any_other_number_names_other_weights(tmp_path: Path, gone: str, there: str) -> None:
    beside = around(tmp_path, there)
    assert rotated_checkpoints.newest_alike(f"weights/{gone}", beside) is None
    assert texts.near_path(f"weights/{gone}", beside) is None


def test_what_is_near_is_told_even_where_it_is_not_taken(tmp_path: Path) -> None:
    beside = around(tmp_path, "train_v1.npz", "train_v2.npz", "other.npz")
    assert texts.near_path("weights/train_v.npz", beside) is None
    assert set(texts.near_paths("weights/train_v.npz", beside)) == {
        "weights/train_v1.npz",
        "weights/train_v2.npz",
    }
    assert texts.near_paths("nothing/at/all", beside) == ()


def test_a_path_that_has_its_own_use_is_not_taken_for_another(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("train: data/tran.csv\nval: data/train.csv\n")
    beside = LocalSurroundings(tmp_path, tmp_path, "python train.py c.yaml")
    edit = texts.edit_at("c.yaml", "train: data/tran.csv\n", 7, "data/tran.csv", "data/train.csv")
    assert texts.is_named_beside("data/train.csv", edit, beside)
    assert not texts.is_named_beside("data/trains.csv", edit, beside)
    rerun = RerunStep("python train.py a.csv --val b.csv", "python train.py b.csv --val b.csv")
    assert texts.is_named_beside("b.csv", rerun, beside)
    assert not texts.is_named_beside("val", rerun, beside)


def test_a_plural_is_the_same_folder_and_the_only_file_of_its_kind(tmp_path: Path) -> None:
    beside = around(tmp_path, "bests.pt", "notes.txt")
    assert texts.near_path("weight/bests.pt", beside) == "weights/bests.pt"
    assert texts.near_path("weights/best.pt", beside) == "weights/bests.pt"
    (tmp_path / "weights" / "worst.pt").touch()
    assert texts.near_path("weights/best.pt", beside) is None


def test_another_word_is_other_data(tmp_path: Path) -> None:
    beside = around(tmp_path, "clean.csv", "ships.csv")
    assert texts.near_path("weights/clear.csv", beside) is None
    assert texts.near_path("weights/shops.csv", beside) is None
    assert texts.near_path("weights/celan.csv", beside) == "weights/clean.csv"
