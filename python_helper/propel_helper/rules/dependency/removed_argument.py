"""removed-argument: the code passes an argument that the installed package no longer takes.

## What happened
A function or class of a package was called with an argument of an earlier version.

## Why it happens
The package removed or renamed that argument, and the environment has the newer version.

## What the fix changes
Where the argument only got another name: the name, on the line shown. Otherwise nothing: what it did
is done in another way now.

## Fix safety
Safe: the new name means the same.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, own, texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

_WORDS = Wording(
    r"^(?:(?:[\w.]*\.)?(?P<callee>(?!__)\w+)(?:\.__init__|\.__new__)?|__init__)\(\) got an unexpected keyword argument "
    r"'(?P<name>\w+)'"
)
# Package, callee, argument, and the argument that took its place ("" where none means the same).
# From the packages' own migration notes: transformers 4.46 and 5, trl 0.9 to 0.13, lightning 2.0,
# scikit-learn 1.4, pandas 2.0, seaborn 0.12, datasets 4, torch 2.7, gymnasium 0.26, diffusers 0.20.
_GONE: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("transformers", "TrainingArguments", ("evaluation_strategy",), "eval_strategy"),
    ("transformers", "TrainingArguments", ("no_cuda",), "use_cpu"),
    ("transformers", "Seq2SeqTrainingArguments", ("evaluation_strategy",), "eval_strategy"),
    ("transformers", "TrainingArguments", (
        "per_gpu_train_batch_size", "per_gpu_eval_batch_size", "fp16_backend", "push_to_hub_token",
        "use_mps_device", "logging_dir", "overwrite_output_dir", "save_safetensors", "jit_mode_eval",
        "ray_scope", "tpu_num_cores", "past_index", "group_by_length", "warmup_ratio", "half_precision_backend",
        "include_inputs_for_metrics", "evaluate_during_training", "dispatch_batches", "split_batches",
        "include_tokens_per_second", "mp_parameters", "torchdynamo",
    ), ""),
    ("transformers", "Trainer", ("tokenizer",), "processing_class"),
    ("transformers", "Seq2SeqTrainer", ("tokenizer",), "processing_class"),
    ("trl", "SFTTrainer", ("tokenizer",), "processing_class"),
    ("trl", "DPOTrainer", ("tokenizer",), "processing_class"),
    ("trl", "SFTTrainer", (
        "dataset_text_field", "max_seq_length", "packing", "dataset_num_proc", "dataset_batch_size",
        "neftune_noise_alpha", "model_init_kwargs", "dataset_kwargs", "num_of_sequences", "infinite",
    ), ""),
    ("trl", "DPOTrainer", ("beta", "max_length", "max_prompt_length", "label_pad_token_id"), ""),
    ("trl", "SFTConfig", ("max_seq_length",), "max_length"),
    ("lightning", "Trainer", (
        "gpus", "tpu_cores", "ipus", "num_processes", "auto_select_gpus", "resume_from_checkpoint",
        "progress_bar_refresh_rate", "checkpoint_callback", "weights_summary", "distributed_backend",
        "flush_logs_every_n_steps", "log_gpu_memory", "process_position", "stochastic_weight_avg",
        "terminate_on_nan", "prepare_data_per_node", "auto_lr_find", "auto_scale_batch_size",
        "replace_sampler_ddp", "track_grad_norm", "amp_backend", "amp_level", "move_metrics_to_cpu",
        "multiple_trainloader_mode", "max_nb_epochs", "early_stop_callback", "truncated_bptt_steps",
    ), ""),
    ("lightning", "ModelCheckpoint", ("filepath", "period", "prefix"), ""),
    ("scikit-learn", "OneHotEncoder", ("sparse",), "sparse_output"),
    ("scikit-learn", "AgglomerativeClustering", ("affinity",), "metric"),
    ("scikit-learn", "BaggingClassifier", ("base_estimator",), "estimator"),
    ("scikit-learn", "AdaBoostClassifier", ("base_estimator",), "estimator"),
    ("pandas", "read_csv", ("error_bad_lines", "warn_bad_lines", "squeeze", "prefix", "mangle_dupe_cols"), ""),
    ("torch", "ReduceLROnPlateau", ("verbose",), ""),
    ("torch", "StepLR", ("verbose",), ""),
    ("torch", "CosineAnnealingLR", ("verbose",), ""),
    ("torch", "LambdaLR", ("verbose",), ""),
    ("datasets", "load_dataset", ("use_auth_token",), "token"),
    ("transformers", "from_pretrained", ("use_auth_token",), "token"),
    ("huggingface-hub", "snapshot_download", ("use_auth_token",), "token"),
    ("accelerate", "Accelerator", ("logging_dir",), "project_dir"),
    ("accelerate", "Accelerator", ("dispatch_batches", "split_batches", "even_batches", "fp16"), ""),
)  # fmt: skip
_MODULES = {
    "lightning": "(?:pytorch_lightning|lightning(?:_fabric|_utilities)?)",
    "scikit-learn": "sklearn",
    "huggingface-hub": "huggingface_hub",
}
_COMMON = frozenset({"Trainer", "from_pretrained", "read_csv", "load_dataset", "Accelerator"})
"""Names that a project's own code has too."""


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim arguments that a package is known to have had, where a person's own line passes them."""
    found = _found(crash, surroundings)
    if found is None:
        return None
    package, callee, name, new = found
    fix = _renamed(name, new, crash, surroundings) if new else None
    instead = f"write {code(new)} for it" if new else "see the package's notes of that version"
    step = guide(
        "match-argument",
        "Match code and package",
        f"Install the version of {code(package)} that the project's requirements name, or {instead}.",
    )
    return Explanation(
        f"the removed argument {code(name)}",
        f"the installed {code(package)} no longer takes it in {code(callee)}",
        fixes=(fix, step) if fix else (step,),
    )


def _found(crash: Crash, surroundings: Surroundings) -> tuple[str, str, str, str] | None:
    match = _WORDS.match(crash.message)
    frame = own.deepest(crash, surroundings)
    if match is None or frame is None:
        return None
    # Before 3.10 Python says only "__init__()".
    callee, name = match["callee"], match["name"]
    for package, known, names, new in _GONE:
        called = re.search(rf"\b{known}\(", frame.code or "") if callee is None else known == callee
        if name in names and called and _is_of(package, known, frame, crash, surroundings):
            return package, known, name, new
    return None


def _is_of(
    package: str, callee: str, frame: Frame, crash: Crash, surroundings: Surroundings
) -> bool:
    """Whether it is the package's; a project may have a ``Trainer`` of its own."""
    module = _MODULES.get(package, package)
    if any(re.search(rf"/{module}/", one.file.replace("\\", "/")) for one in crash.frames):
        return True
    text = surroundings.text(frame.file)
    if text is not None:
        return re.search(rf"(?m)^\s*(?:from|import)\s+(?:[\w, ]+\b)?{module}\b", text) is not None
    return callee not in _COMMON


def _renamed(name: str, new: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The rename, where the file passes that argument in one place."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    places = list(re.finditer(rf"\b{name}(?=\s*=(?!=))", text or ""))
    if frame is None or text is None or len(places) != 1:
        return None
    edit = texts.edit_at(frame.file, text, places[0].start(), name, new)
    by = f"writing {code(new)} for {code(name)}, its name now"
    return Fix("rename-argument", f"Write {new}", by, Safety.SAFE, (edit,))


RULE = Rule("removed-argument", Category.DEPENDENCY, ("TypeError",), explain)
