"""Fields that scripts inherit from dataclasses of transformers and trl, which no project holds.

Names, types and defaults of the commonest fields:
https://huggingface.co/docs/transformers/v4.57.1/main_classes/trainer#transformers.TrainingArguments,
https://huggingface.co/docs/trl/v0.24.0/script_utils. A default that differs between releases or
sub-classes is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_TRAINING = """
output_dir path -
do_train bool False
do_eval bool False
num_train_epochs float 3.0
max_steps int -1
per_device_train_batch_size int 8
per_device_eval_batch_size int 8
gradient_accumulation_steps int 1
gradient_checkpointing bool *
learning_rate float *5e-05
lr_scheduler_type str linear linear|cosine|cosine_with_restarts|polynomial|constant|constant_with_warmup|inverse_sqrt|reduce_lr_on_plateau|cosine_with_min_lr|warmup_stable_decay
warmup_ratio float 0.0
warmup_steps int 0
weight_decay float 0.0
adam_beta1 float 0.9
adam_beta2 float 0.999
adam_epsilon float 1e-08
max_grad_norm float 1.0
optim str -
label_smoothing_factor float 0.0
bf16 bool *False
fp16 bool False
tf32 bool -
torch_compile bool False
eval_strategy str no no|steps|epoch
eval_steps float -
save_strategy str steps no|steps|epoch|best
save_steps float 500
save_total_limit int -
save_only_model bool False
load_best_model_at_end bool False
metric_for_best_model str -
logging_dir path -
logging_strategy str steps no|steps|epoch
logging_steps float *500
logging_first_step bool False
report_to str -
run_name str -
seed int 42
data_seed int -
dataloader_num_workers int 0
dataloader_drop_last bool False
dataloader_pin_memory bool True
remove_unused_columns bool True
group_by_length bool False
ddp_find_unused_parameters bool -
ddp_timeout int 1800
deepspeed path -
fsdp str -
fsdp_config path -
neftune_noise_alpha float -
auto_find_batch_size bool False
resume_from_checkpoint path -
overwrite_output_dir bool False
push_to_hub bool False
"""
_SCRIPT = """
dataset_name path -
dataset_config str -
dataset_train_split str train
dataset_test_split str test
dataset_streaming bool False
"""
_MODEL = """
model_name_or_path path -
model_revision str main
trust_remote_code bool False
attn_implementation str -
use_peft bool False
lora_r int 16
lora_alpha int 32
lora_dropout float 0.05
lora_target_modules list -
load_in_8bit bool False
load_in_4bit bool False
"""
_TRAINERS = frozenset(
    "SFTConfig DPOConfig GRPOConfig RewardConfig KTOConfig ORPOConfig CPOConfig RLOOConfig GKDConfig "
    "OnlineDPOConfig BCOConfig PRMConfig".split()
)
"""trl's sub-classes of ``TrainingArguments``: those defaults marked ``*`` are their own."""


@dataclass(frozen=True)
class Known:
    """One inherited field: name, type, default (None without a known one) and choices."""

    name: str
    type: str
    default: str | None
    choices: tuple[str, ...]


def _read(table: str, *, own: bool) -> Iterator[Known]:
    for line in table.strip().splitlines():
        name, kind, default, *choices = line.split()
        varies, plain = default.startswith("*"), default.lstrip("*")
        known = None if plain in ("-", "") or (varies and not own) else plain
        yield Known(name, kind, known, tuple(choices[0].split("|")) if choices else ())


@cache
def known_fields(name: str) -> tuple[Known, ...]:
    """The fields of a class of transformers or trl, () for any other name."""
    if name in ("TrainingArguments", "Seq2SeqTrainingArguments"):
        return tuple(_read(_TRAINING, own=True))
    if name in _TRAINERS:
        return tuple(_read(_TRAINING, own=False))
    return tuple(_read({"ScriptArguments": _SCRIPT, "ModelConfig": _MODEL}.get(name, ""), own=True))
