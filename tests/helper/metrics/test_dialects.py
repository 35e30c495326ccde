"""What each dialect's lines tell. The texts are as the named programs print them."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest

from propel_helper.metrics.dialects import all_dialects
from propel_helper.metrics.reader import MetricsReader
from propel_helper.metrics.series import Gathering


def read(log: str, piece: int = 0) -> tuple[dict[str, list[tuple[float, float]]], Any]:
    reader = MetricsReader()
    data = log.encode()
    for start in range(0, len(data), piece or len(data)):
        reader.feed(data[start : start + (piece or len(data))])
    reader.end()
    series = {one.name: list(zip(one.steps, one.values, strict=True)) for one in reader.series()}
    return series, reader.progress()


LOGS: dict[str, tuple[str, dict[str, list[tuple[float, float]]], dict[str, float]]] = {
    "tqdm": (
        "\rEpoch 2/5:  50%|█████     | 100/200 [00:38<00:38,  2.60it/s, loss=0.414, lr=3e-4]",
        {"loss": [(100, 0.414)], "lr": [(100, 3e-4)], "epoch": [(100, 2)], "rate": [(100, 2.6)]},
        {"step": 100, "total": 200, "epoch": 2, "epochs": 5, "eta_s": 3.5 * 200 / 2.6},
    ),
    "tqdm slow, without total": (
        "\rtrain: 72it [05:38,  4.70s/it, loss=1.2e-1]",
        {"loss": [(72, 0.12)], "rate": [(72, 1 / 4.7)]},
        {"step": 72},
    ),
    "bars of loading and of validation are no training": (
        (
            "Loading checkpoint shards:  50%|███  | 1/2 [00:01<00:01,  1.00s/it]\n"
            "Map:  36%|███   | 720/2000 [00:00<00:01, 1870.00 examples/s]\n"
            "Epoch 1:  50%|███  | 5/10 [00:01<00:01,  5.00it/s, loss=1.5]\n"
            "Validation:  20%|██   | 1/5 [00:00<00:00,  9.00it/s]\n"
        ),
        {"loss": [(5, 1.5)], "rate": [(5, 5.0)]},
        {"step": 5, "total": 10},
    ),
    "transformers with its bar": (
        (
            "\r  0%|          | 0/48 [00:00<?, ?it/s]\r 10%|█   | 5/48 [00:02<00:17,  2.50it/s]"
            "\r                        \r{'loss': 1.54, 'learning_rate': 4.5e-05, 'epoch': 0.31}\r\n"
            "\r 10%|█   | 5/48 [00:02<00:17,  2.50it/s]"
        ),
        {"loss": [(5, 1.54)], "lr": [(5, 4.5e-05)], "epoch": [(5, 0.31)]},
        {"step": 5, "total": 48, "eta_s": 17},
    ),
    "transformers 5 prints texts": (
        (
            "{'loss': '1.54', 'grad_norm': '3.95', 'learning_rate': '4.5e-05', 'epoch': '0.31'}\n"
            "{'eval_loss': '1.8', 'eval_runtime': '0.002', 'eval_steps_per_second': '87', 'epoch': '1'}\n"
            "{'train_runtime': '9', 'train_steps_per_second': '60', 'train_loss': '1.7', 'epoch': '1'}\n"
        ),
        {"loss": [(0.31, 1.54)], "grad_norm": [(0.31, 3.95)], "eval_loss": [(1, 1.8)]},
        {},
    ),
    "Lightning": (
        "Epoch 3:  40%|████      | 4/10 [00:02<00:03,  2.00it/s, v_num=7, train_loss=0.50]",
        {"loss": [(4, 0.5)], "epoch": [(4, 3)]},
        {"step": 4, "total": 10, "epoch": 3, "rate": 2.0},
    ),
    "Lightning, rich": (
        "Epoch 0/9  ━━━━━╸━━━━ 25/100 0:00:01 • 0:00:03 24.50it/s v_num: 0.000 train_loss: 0.25\n",
        {"loss": [(25, 0.25)], "epoch": [(25, 0)], "rate": [(25, 24.5)]},
        {"epochs": 10, "eta_s": 9.75 * 100 / 24.5},
    ),
    "Lightning, rich, in 80 columns": (
        "Epoch 2/2  ━━━━━━━━ 16/16 0:00:00 • 0:00:00 489.77it/s train_loss_step: \n"
        + " " * 63
        + "0.158 val_loss:  \n"
        + " " * 63
        + "0.202            \n",
        {"loss": [(16, 0.158)], "val_loss": [(16, 0.202)]},
        {},
    ),
    "Keras 3": (
        "Epoch 2/3\n\r\x1b[1m 50/100\x1b[0m \x1b[32m━━━━━\x1b[0m \x1b[1m2s\x1b[0m 40ms/step - accuracy: 0.91 - loss: 0.30",
        {"loss": [(50, 0.3)], "accuracy": [(50, 0.91)], "rate": [(50, 25)], "epoch": [(50, 2)]},
        {"step": 50, "total": 100, "epoch": 2, "epochs": 3, "eta_s": 1.5 * 100 / 25},
    ),
    "Keras 2": (
        (
            "Epoch 1/3\n  10/100 [==>....] - ETA: 9s - loss: 0.7\x08\x08\x08\r  20/100 [====>...] - ETA: 8s - loss: 0.6"
            "\n100/100 [=====] - 10s 100ms/step - loss: 0.5 - val_loss: 0.6\n"
        ),
        {"loss": [(10, 0.7), (20, 0.6), (100, 0.5)], "val_loss": [(100, 0.6)]},
        {"epochs": 3, "rate": 10},
    ),
    "Keras, verbose=2": (
        "Epoch 1/2\n8/8 - 0s - 20ms/step - loss: 2.7 - val_loss: 0.88\nEpoch 2/2\n8/8 - 0s - loss: 1.7 - 10ms/step\n",
        {"loss": [(8, 2.7), (8, 1.7)], "rate": [(8, 50), (8, 100)]},
        {"epoch": 2},
    ),
    "fairseq": (
        (
            "2021-03-02 10:11:12 | INFO | train_inner | epoch 002:    100 / 1000 loss=12.3, nll_loss=11.2, ppl=999, "
            "wps=5000, ups=2.1, wpb=3000, bsz=100, num_updates=1100, lr=0.00025, gnorm=1.5, train_wall=50\n"
        ),
        {"loss": [(100, 12.3)], "lr": [(100, 0.00025)], "rate": [(100, 2.1)], "epoch": [(100, 2)]},
        {"step": 100, "total": 1000},
    ),
    "fairseq, json": (
        (
            '2021-03-02 10:11:12 | INFO | train_inner | {"epoch": 1, "update": 0.1, "loss": "12.3", "ups": "2.1", '
            '"num_updates": "100", "lr": "1e-05"}\n'
        ),
        {"loss": [(100, 12.3)], "lr": [(100, 1e-5)], "rate": [(100, 2.1)]},
        {},
    ),
    "detectron2": (
        (
            "[11/24 12:00:00 d2.utils.events]:  eta: 1:10:00  iter: 19  total_loss: 1.2  loss_cls: 0.7  "
            "time: 0.25  last_time: 0.24  data_time: 0.01  lr: 0.0001  max_mem: 2000M\n"
        ),
        {"loss": [(19, 1.2)], "lr": [(19, 0.0001)], "rate": [(19, 4)]},
        {"eta_s": 4200},
    ),
    "mmengine by iterations": (
        (
            "2022/08/22 18:42:22 - mmengine - INFO - Iter(train) [   50/160000]  lr: 1.0e-03  "
            "eta: 1 day, 2:03:04  time: 0.5  data_time: 0.01  memory: 7730  decode.loss_ce: 1.5  loss: 2.5\n"
        ),
        {"loss": [(50, 2.5)], "lr": [(50, 1e-3)], "rate": [(50, 2)]},
        {"step": 50, "total": 160000, "eta_s": 86400 + 7384},
    ),
    "mmcv": (
        "2021-01-01 10:00:00,1 - mmdet - INFO - Epoch [2][50/7330]\tlr: 2.0e-03, eta: 1:00:00, time: 0.5, loss: 1.9\n",
        {"loss": [(50, 1.9)], "lr": [(50, 2e-3)], "epoch": [(50, 2)], "rate": [(50, 2)]},
        {"total": 7330},
    ),
    "timm": (
        (
            "Train: 3 [  50/100 ( 50%)]  Loss: 6.77 (6.83)  Time: 0.5s,  400.32/s  (0.4s,  272.39/s)  LR: 1.0e-05  Data: 0.2\n"
            "Test: [   0/30]  Time: 6.5 (6.5)  Loss:   6.7 ( 6.7)  Acc@1:   0.5 (  0.5)\n"
        ),
        {"loss": [(50, 6.77)], "lr": [(50, 1e-5)], "rate": [(50, 2)], "val_loss": [(50, 6.7)]},
        {"epoch": 3},
    ),
    "torchvision": (
        "Epoch: [1][  10/5005]\tTime  0.5 ( 1.2)\tData  0.1 ( 0.1)\tLoss 6.9e+00 (7.0e+00)\tAcc@1   0.1 (  0.2)\n",
        {"loss": [(10, 6.9)], "epoch": [(10, 1)]},
        {"total": 5005},
    ),
    "the MNIST example": (
        "Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.305400\nTest set: Average loss: 0.05, Accuracy: 9800/10000 (98%)\n",
        {"loss": [(640, 2.3054)], "epoch": [(640, 1)]},
        {},
    ),
    "Megatron": (
        (
            " iteration      100/  500000 | consumed samples:        25600 | elapsed time per iteration (ms): 500.0 | "
            "learning rate: 1.500E-04 | global batch size:   256 | lm loss: 7.2E+00 | grad norm: 1.5 |\n"
        ),
        {
            "loss": [(100, 7.2)],
            "lr": [(100, 1.5e-4)],
            "rate": [(100, 2)],
            "grad_norm": [(100, 1.5)],
        },
        {"step": 100, "total": 500000},
    ),
    "nanoGPT": (
        (
            "step 0: train loss 10.9, val loss 10.8\niter 0: loss 10.95, time 20.00ms, mfu -100.00%\n"
            "iter 10: loss nan, time 20.00ms, mfu 30.00%\n"
        ),
        {
            "loss": [(0, 10.95), (10, math.nan)],
            "rate": [(0, 50), (10, 50)],
            "val_loss": [(0, 10.8)],
        },
        {"step": 10},
    ),
    "JSON lines": (
        '{"step": 5, "train/loss": 0.5, "lr": 1e-3}\n{"step": 10, "train/loss": NaN, "lr": 1e-3}\n',
        {"loss": [(5, 0.5), (10, math.nan)], "lr": [(5, 1e-3), (10, 1e-3)]},
        {"step": 10},
    ),
    "plain": ("epoch 1 step 20 loss: 0.1\n", {"loss": [(20, 0.1)], "epoch": [(20, 1)]}, {}),
    "plain, bracketed": (
        "Epoch [2/5], Step [100/600], Loss: 0.3\n",
        {"loss": [(100, 0.3)], "epoch": [(100, 2)]},
        {"step": 100, "total": 600, "epoch": 2, "epochs": 5},
    ),
    "plain, with a rank": (
        "[rank0]: step 3 loss 0.5\n[rank1]: step 3 loss 0.7\n",
        {"loss": [(3, 0.5)]},
        {},
    ),
    "plain, a loss alone": ("loss: 0.5\nloss: 0.4\n", {"loss": [(1, 0.5), (2, 0.4)]}, {}),
    "plain, epochs alone": (
        "Epoch 1/3 | Train Loss: 0.5 | Val Loss: 0.6\nEpoch 2/3 | Train Loss: 0.4 | Val Loss: 0.5\n",
        {"loss": [(1, 0.5), (2, 0.4)], "val_loss": [(1, 0.6), (2, 0.5)]},
        {"epoch": 2, "epochs": 3},
    ),
    "plain, an epoch's heading": (
        "Epoch 1/2\n----------\ntrain Loss: 0.5 Acc: 0.8\nval Loss: 0.4 Acc: 0.9\n",
        {"loss": [(1, 0.5)], "val_loss": [(1, 0.4)]},
        {"epoch": 1, "epochs": 2},
    ),
    "torch tutorial": ("loss: 2.303  [   64/60000]\n", {"loss": [(64, 2.303)]}, {"total": 60000}),
    "DCGAN": (
        "[1/10][20/100] Loss: 1.23 D(x): 0.5\n",
        {"loss": [(20, 1.23)], "epoch": [(20, 1)]},
        {"total": 100, "epochs": 10},
    ),
    "the language model example": (
        "| epoch   1 |   200/ 2928 batches | lr 20.00 | ms/batch 12.50 | loss  7.65 | ppl  2104.12\n",
        {"loss": [(200, 7.65)], "lr": [(200, 20)], "rate": [(200, 80)], "ppl": [(200, 2104.12)]},
        {"total": 2928},
    ),
    "a bare count": ("100/1000: loss 0.345\n", {"loss": [(100, 0.345)]}, {"total": 1000}),
    "time per step": ("Iteration 100, loss 0.5, time per step 0.25\n", {"rate": [(100, 4)]}, {}),
    "cifar tutorial": (
        "[1,  2000] loss: 2.173\n",
        {"loss": [(2000, 2.173)], "epoch": [(2000, 1)]},
        {},
    ),
}


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("piece", [0, 7])
def test_what_a_log_tells(name: str, piece: int) -> None:
    log, wanted, far = LOGS[name]
    series, progress = read(log, piece)
    for one, points in wanted.items():
        assert one in series, (one, series)
        got = [
            (step, "nan" if math.isnan(value) else pytest.approx(value))
            for step, value in series[one]
        ]
        assert [(step, "nan" if math.isnan(v) else v) for step, v in points] == got
    for key, value in far.items():
        assert getattr(progress, key) == pytest.approx(value), key


@pytest.mark.parametrize(
    "log",
    [
        "2025-06-01 23:17:00.828161: E external/local_xla/xla/stream_executor/cuda/cuda_fft.cc:467] Unable to register\n",
        "100%|████| 200/200 [00:01<00:00, 150MB/s]\nDownloading: 50%|██ | 1.20G/2.40G [00:10<00:10, 120MB/s]\n",
        "Found 1200 images in 10 classes\nModel has 1.2M parameters\nUsing 4 workers\n",
        "Epoch is a word. Steps to reproduce: none\n",
    ],
)
def test_no_value_is_invented(log: str) -> None:
    series, progress = read(log)
    assert series == {}
    assert progress.step is None


def test_steps_that_start_anew_each_epoch_stand_on_one_line() -> None:
    log = "".join(f"Epoch [{e}/3], Step [{s}/20], Loss: 0.3\n" for e in (1, 2, 3) for s in (10, 20))
    reader = MetricsReader()
    reader.feed(log.encode())
    loss = next(one for one in reader.series() if one.name == "loss")
    assert list(loss.steps) == [10, 20, 10, 20, 10, 20]
    assert list(loss.at) == [10, 20, 30, 40, 50, 60]


def test_a_bar_counts_before_its_next_drawing() -> None:
    reader = MetricsReader()
    reader.feed(b"\r  5%|#   | 5/100 [00:01<00:19,  5.00it/s, loss=0.5]")
    assert reader.progress().step == 5


def test_memory_stays_bounded() -> None:
    points = Gathering(64)
    for step in range(1000):
        points.add(step, math.nan if step == 501 else step, step)
    found = points.series("loss")
    assert len(found) <= 64
    assert (found.steps[0], found.steps[-1]) == (0, 999)


def test_a_log_without_end_is_thinned_but_its_newest_line_and_its_nan_count() -> None:
    reader = MetricsReader()
    lines = [f"iter {i}: loss {'nan' if i == 40_001 else 2.5}\n" for i in range(40_000, 90_000)]
    reader.feed("".join(lines).encode())
    assert reader.progress().step == 89_999
    loss = next(one for one in reader.series() if one.name == "loss")
    assert len(loss) < 45_000
    assert any(math.isnan(value) for value in loss.values)


def test_lines_that_report_nothing_cost_little() -> None:
    reader = MetricsReader()
    began = time.perf_counter()
    reader.feed(b"INFO loaded sample 12 from /data/000123.npy in good order\n" * 200_000)
    assert time.perf_counter() - began < 10


def test_every_dialect_is_found_with_its_documentation() -> None:
    assert {"tqdm_bar", "keras_bar", "megatron", "plain_text"} <= {
        one.name for one in all_dialects()
    }
