"""Arguments that packages are known to have had and no longer take."""

from __future__ import annotations

import re

# Package, callee, argument, and the argument that took its place ("" where none means the same).
# From the packages' own migration notes: transformers 4.46 and 5, trl 0.9 to 0.13, lightning 2.0,
# scikit-learn 1.4, pandas 2.0, seaborn 0.12, datasets 4, torch 2.7, gymnasium 0.26, diffusers 0.20.
GONE: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
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
MODULES = {
    "lightning": "(?:pytorch_lightning|lightning(?:_fabric|_utilities)?)",
    "scikit-learn": "sklearn",
    "huggingface-hub": "huggingface_hub",
}
COMMON = frozenset({"Trainer", "from_pretrained", "read_csv", "load_dataset", "Accelerator"})
"""Names that a project's own code has too."""


def was_known(callee: str | None, line: str, name: str) -> bool:
    """Whether ``callee`` (the one that ``line`` calls, where it is None) once took ``name``."""
    return any(
        name in names
        and (known == callee if callee else re.search(rf"\b{known}\(", line) is not None)
        for _package, known, names, _new in GONE
    )
