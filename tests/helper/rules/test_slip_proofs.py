"""What proves a slip, and what may be another name."""

from __future__ import annotations

import pytest

from propel_helper.rules.slip_proofs import is_proven, is_sure, meant_name, meant_value, plural_of


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("wieght_decay", "weight_decay"),
        ("trian", "train"),
        ("optimzer", "optimizer"),
        ("hiden_dims", "hidden_dims"),
        ("learnning_rate", "learning_rate"),
        ("smal", "small"),
        ("bse", "base"),
        ("cosin", "cosine"),
        ("batchsize", "batch_size"),
        ("Train.csv", "train.csv"),
        ("base.yml", "base.yaml"),
    ],
)
def test_fingers_do_this(wrong: str, right: str) -> None:
    assert is_sure(wrong, right)
    assert is_proven(wrong, right)
    assert meant_value(wrong, (right, "quite_something_else")) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("--nun-epochs", "--num-epochs"),
        ("momentun", "momentum"),
        ("evice", "device"),
        ("traing", "training"),
        ("num_worker", "num_workers"),
    ],
)
def test_a_name_of_a_setting_is_proven_by_less_than_a_value(wrong: str, right: str) -> None:
    assert is_proven(wrong, right)
    assert not is_sure(wrong, right)
    assert meant_name(wrong, (right,)) == right
    assert meant_value(wrong, (right,)) is None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("--sparse", "--parse"),
        ("--decay", "--delay"),
        ("lr_decay", "lr_delay"),
        ("gamma", "gama"),
        ("scale", "scaled"),
        ("epoch", "epochs"),
        ("epochs", "epoch"),
        ("zed", "zet"),
        ("weight_decay", "wieght_decay"),
    ],
)
def test_another_word_is_another_setting(wrong: str, right: str) -> None:
    assert not is_proven(wrong, right)
    assert meant_name(wrong, (right,)) is None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("bert", "bart"),
        ("adan", "adam"),
        ("resnet", "resnext"),
        ("ships", "snips"),
        ("train_clear.csv", "train_clean.csv"),
        ("casts", "cats"),
        ("zeppa", "zeppo"),
    ],
)
def test_another_word_is_another_choice(wrong: str, right: str) -> None:
    assert meant_value(wrong, (right,)) is None


def test_the_plural_is_told_apart() -> None:
    assert plural_of("head", ("heads", "width")) == "heads"
    assert plural_of("datasets", ("dataset",)) == "dataset"
    assert plural_of("hed", ("head",)) is None
