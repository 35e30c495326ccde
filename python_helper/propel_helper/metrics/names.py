"""What the names that programs print stand for."""

from __future__ import annotations

import re
from functools import lru_cache

LOSS = (
    "loss", "total_loss", "train_loss_step", "train_loss", "training_loss", "lm_loss", "loss_total",
    "batch_loss", "step_loss", "cur_loss", "current_loss", "loss_step", "train_total_loss",
    "tr_loss", "trn_loss", "mean_loss", "avg_loss", "average_loss", "running_loss", "smoothed_loss", "loss_avg",
    "loss_mean", "train_avg_loss", "avg_train_loss", "average_train_loss", "mean_train_loss",
    "avg_training_loss", "average_training_loss", "train_loss_epoch", "loss_epoch", "epoch_loss",
    "losses", "cost", "objective", "nll_loss", "ce_loss", "ce", "cross_entropy", "elbo", "mse_loss",
    "l", "loss_all", "sum_loss", "overall_loss", "loss_sum", "train_loss_mean", "loss_train",
)  # fmt: skip
"""Names of the training loss, the one that a person would mean first."""

LR = (
    "lr", "learning_rate", "cur_lr", "current_lr", "base_lr", "max_lr", "lr_0", "lr0", "lr_group_0",
    "group_0_lr", "lr_pg0", "lr_pg_0", "train_lr", "train_learning_rate", "new_lr", "last_lr",
)  # fmt: skip
"""Names of the learning rate, the one that a person would mean first."""

_STEP = re.compile(
    r"(?:completed_|global_|trainer_global_|train(?:ing|er)?_|optim(?:izer)?_|curr?(?:ent)?_|total_|num_|n_|env_"
    r"|gradient_|grad_)*(?:steps?|iters?|iterations?|itr|it|updates?|timesteps?|t_env|n_iter|iter_num)"
    r"(?:_num(?:ber)?|_idx|_count)?"
)
_BATCH = re.compile(
    r"(?:train_)?(?:mini_?)?batch(?:es)?(?:_idx|_num|_no|_id|_i)?|episodes?|eps|rounds?|tick"
)
_EPOCH = re.compile(r"(?:current_|cur_|train(?:ing)?_|data_)?(?:epochs?|ep)(?:_num|_idx)?")
_RATE = re.compile(
    r"(?:its?|iters?|steps?|iterations?|batch(?:es)?|updates?)(?:/s(?:ec(?:ond)?)?|_per_s(?:ec(?:ond)?)?)|ups"
)
_STEP_TIME = re.compile(
    r"dt|step_avg|batch_cost|(?:sec(?:ond)?s?|s|ms|time)(?:/|_per_)(?:it|iter|step|batch|iteration|update)"
    r"|(?:step|iter|iteration|batch|elapsed)_time(?:_ms|_s|_sec)?(?:_per_iteration)?|elapsed_time_per_iteration"
)
_ETA = re.compile(r"eta|remaining(?:_time)?|time_(?:left|remaining)|left")
_SPEED = re.compile(
    r".*(?:(?:tok(?:en)?s?|samples?|imgs?|images?|frames?|examples?|words?|sequences?)(?:/|_per_)s(?:ec(?:ond)?)?"
    r"(?:ond)?(?:/(?:device|gpu))?)|wps|fps|tps|throughput"
)
_EVALUATION = re.compile(
    r"(?:val|valid|validation|eval|evaluation|test|testing|dev|heldout|holdout)(?:_|$)"
)
_MEASURE = re.compile(
    r"(?:^|_)(?:loss(?:es)?|acc(?:uracy)?\d?|top\d|acc@?\d|f1|auc|auroc|ap\d*|map\d*|miou|iou|dice|psnr|ssim|fid|bleu"
    r"|rouge\w?|wer|cer|ppl|perplexity|bpb|bpc|bpd|reward|return|rew|score|mae|mse|rmse|nll|kl|entropy|elbo"
    r"|err(?:or)?|precision|recall|r2|mfu|grad_?norm|gnorm|em|exact_match|pck|epe|mrr|ndcg|hit|success_rate"
    r"|loss_scale|scale|map50|aps|apm|apl|objective)(?:_|@|$)"
)
_NOT_NAME = re.compile(r"[^a-z0-9@/%]+")


@lru_cache(maxsize=4096)
def plain_name(printed: str) -> str:
    """A printed name in one spelling: ``Val. Loss`` and ``val/loss`` are ``val_loss``."""
    name = _NOT_NAME.sub("_", printed.lower()).strip("_")
    if not name.endswith(
        ("/s", "/sec", "/second", "/step", "/it", "/iter", "/batch", "/device", "/gpu")
    ):
        name = name.replace("/", "_").replace("%", "")
    for long, short in (("validation", "val"), ("valid_", "val_"), ("evaluation", "eval")):
        name = name.replace(long, short)
    return name.strip("_")


@lru_cache(maxsize=4096)
def role(name: str) -> str:
    """What a name stands for.

    ``step``, ``batch``, ``epoch``, ``rate``, ``step_time``, ``eta``, ``lr``, ``loss``, ``speed``,
    ``measure`` (something to draw), or "" for anything else.
    """
    if _EVALUATION.match(name):
        return "measure" if _MEASURE.search(name) else ""
    if name in LOSS:
        return "loss"
    if name in LR or name.startswith(("lr_", "learning_rate_")):
        return "lr"
    for found, pattern in (
        ("epoch", _EPOCH), ("step", _STEP), ("batch", _BATCH), ("rate", _RATE),
        ("step_time", _STEP_TIME), ("eta", _ETA), ("speed", _SPEED),
    ):  # fmt: skip
        if pattern.fullmatch(name):
            return found
    return "measure" if _MEASURE.search(name) or name.endswith("loss") else ""


def is_evaluation(name: str) -> bool:
    """Whether a name says that its value was measured on held-out data."""
    return bool(_EVALUATION.match(name))
