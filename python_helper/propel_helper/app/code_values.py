"""Settings that are written down in Python code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from propel_helper.coach.setup import Value

_MEANINGS = {
    "batch_size": "per_device_train_batch_size per_gpu_train_batch_size train_micro_batch_size_per_gpu micro_batch_size "
    "train_batch_size batch_size batchsize bs samples_per_gpu batch_size_per_gpu per_gpu_batch_size device_batch_size",
    "accumulation": "gradient_accumulation_steps accumulate_grad_batches grad_accum_steps grad_accum accum_iter accum_steps "
    "accumulation_steps gradient_accumulation update_freq grad_accumulation_steps iters_to_accumulate",
    "lr": "learning_rate lr base_lr max_lr",
    "warmup": "warmup_steps warmup_ratio warmup_epochs warmup_iters num_warmup_steps lr_warmup_steps warmup lr_warmup_epochs "
    "lr_warmup_iters warmup_updates warmup_t warmup_proportion",
    "precision": "fp16 bf16 precision mixed_precision amp_dtype dtype half",
    "target": "metric_for_best_model target_metric monitor early_stopping_metric best_metric eval_metric",
    "smoke": "fast_dev_run smoke_test smoke dry_run debug overfit_batches limit_train_batches",
    "tracker": "report_to wandb use_wandb wandb_project with_tracking logger tensorboard wandb_log log_wandb tracker logdir "
    "tensorboard_dir with_wandb project_name",
    "resume": "resume_from_checkpoint resume ckpt_path resume_from resume_path init_from load_checkpoint restore checkpoint_path",
    "output": "output_dir out_dir save_dir save_path log_dir logdir checkpoint_dir ckpt_dir output default_root_dir work_dir "
    "exp_dir run_dir results_dir output_path hydra.run.dir",
}  # fmt: skip
MEANING = {name: meaning for meaning, names in _MEANINGS.items() for name in names.split()}
"""What a setting means (``coach.setup.Setup.values``), by its plain name."""
_CODE = re.compile(
    r"(?<![\w.\"'])(?P<name>"
    + "|".join(sorted(MEANING, key=len, reverse=True))
    + r")(?:\s*:\s*\w+)?\s*=(?!=)\s*"
    r"(?P<value>[-+]?[\d.][\d_.eE+-]*|True|False|None|\"[^\"\n]*\"|'[^'\n]*')(?=\s*[,)\n#;]|\s*$)",
    re.MULTILINE,
)


def code_values(path: str, text: str) -> Iterator[Value]:
    """Every setting whose value stands in the code: assigned, passed or a default.

    What only stands in a comment or a string (a usage text) sets nothing; ``dtype`` is a setting
    where it is assigned, and passed to a function it is that of any array.
    """
    strings = _strings(text)
    for found in _CODE.finditer(text):
        begin = text.rfind("\n", 0, found.start()) + 1
        before = text[begin : found.start()]
        line = text.count("\n", 0, begin) + 1
        at = (line, len(before.encode()))
        if "#" in before or any(start < at < end for start, end in strings):
            continue
        if found["name"] == "dtype" and before.strip():
            continue
        yield Value(found["value"].strip("'\""), found["name"], "code", path, line)


def _strings(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where strings begin and end: lines from 1, columns in UTF-8 bytes from 0, as in ``ast``."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [
        ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, str))
        or isinstance(node, ast.JoinedStr)
    ]
