"""A slip of the pen is told from another name."""

from __future__ import annotations

import pytest

from propel_helper.rules.slips import distance, is_slip, slip_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("learnig_rate", "learning_rate"),
        ("leraning-rate", "learning-rate"),
        ("lraning_rate", "learning_rate"),
        ("bacth_size", "batch_size"),
        ("batchsize", "batch_size"),
        ("batchSize", "batch_size"),
        ("Batch_Size", "batch_size"),
        ("weigth_decay", "weight_decay"),
        ("weigthdecay", "weight_decay"),
        ("epoch", "epochs"),
        ("sed", "seed"),
        ("edvice", "device"),
        ("evice", "device"),
        ("hiden_dims", "hidden_dims"),
        ("optimzer", "optimizer"),
        ("chekpoints", "checkpoints"),
        ("train.jsnol", "train.jsonl"),
        ("Train.csv", "train.csv"),
        ("config.yml", "config.yaml"),
        ("--num-worker", "--num-workers"),
        ("cosin", "cosine"),
        ("traing", "training"),
        ("beta_1", "beta1"),
        ("--nun-epochs", "--num-epochs"),
    ],
)
def test_a_slip(written: str, meant: str) -> None:
    assert is_slip(written, meant)
    assert is_slip(meant, written)
    assert slip_of(written, (meant, "quite_something_else")) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("beta1", "beta2"),
        ("train_small.csv", "train_smaller.csv"),
        ("news_large.csv", "news_larger.csv"),
        ("fold0", "fold1"),
        ("resnet18", "resnet50"),
        ("cifar10", "cifar100"),
        ("conv1x1", "conv3x3"),
        ("--no-aug", "--do-aug"),
        ("min_lr", "max_lr"),
        ("train_x.npy", "train_y.npy"),
        ("src_vocab", "tgt_vocab"),
        ("encoder_layers", "decoder_layers"),
        ("ResNetEncoder", "ResNetDecoder"),
        ("batch_size", "patch_size"),
        ("warmup_step", "warmup_stop"),
        ("data/test.csv", "data/text.csv"),
        ("adam", "adamw"),
        ("relu", "gelu"),
        ("MSELoss", "MAELoss"),
        ("unet", "unet++"),
        ("train.json", "train.jsonl"),
        ("data.csv", "data.tsv"),
        ("vit_b", "vit_l"),
        ("train_data", "data"),
        ("log_every_n", "log_every"),
        ("use_ema", "use_amp"),
        ("same", "same"),
        ("val_set", "var_set"),
        ("src_len", "sec"),
        ("sgd", "sgf"),
        ("", "x"),
        ("lr", "lrs_of_all"),
    ],
)
def test_another_name(one: str, other: str) -> None:
    assert not is_slip(one, other)
    assert not is_slip(other, one)


def test_a_choice_is_nobodys_to_make_but_the_same_letters_win() -> None:
    assert slip_of("train_set", ("trains_set", "train_sets")) is None
    assert slip_of("trainset", ("train_set", "trainsets")) == "train_set"
    assert slip_of("warmup_step", ("lr", "warmup_steps")) == "warmup_steps"
    assert slip_of("warmup_step", ("warmup_stop", "warmup_steps")) is None


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("", "", 0), ("abc", "", 3), ("abc", "acb", 1), ("abc", "abd", 1), ("ca", "abc", 3)],
)
def test_letters_apart(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == apart
