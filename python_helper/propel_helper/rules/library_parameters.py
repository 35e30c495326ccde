"""What the library classes that people make from a config (``AdamW(parameters, **cfg)``) take by name."""

from __future__ import annotations

# torch/optim/*.py, torch/optim/lr_scheduler.py and torch/utils/data/dataloader.py of torch 2.13.
_OPTIMIZER = ("lr", "weight_decay", "maximize", "foreach", "differentiable", "fused")
_ADAM = (*_OPTIMIZER, "betas", "eps", "amsgrad", "capturable")
_TAKEN = {
    "SGD": (*_OPTIMIZER, "momentum", "dampening", "nesterov"),
    "Adam": (*_ADAM, "decoupled_weight_decay"),
    "AdamW": _ADAM,
    "RMSprop": (*_OPTIMIZER[:-1], "alpha", "eps", "momentum", "centered", "capturable"),
    "Adagrad": (*_OPTIMIZER, "lr_decay", "initial_accumulator_value", "eps"),
    "StepLR": ("step_size", "gamma", "last_epoch"),
    "MultiStepLR": ("milestones", "gamma", "last_epoch"),
    "ExponentialLR": ("gamma", "last_epoch"),
    "LinearLR": ("start_factor", "end_factor", "total_iters", "last_epoch"),
    "CosineAnnealingLR": ("T_max", "eta_min", "last_epoch"),
    "CosineAnnealingWarmRestarts": ("T_0", "T_mult", "eta_min", "last_epoch"),
    "ReduceLROnPlateau": (
        "mode", "factor", "patience", "threshold", "threshold_mode", "cooldown", "min_lr", "eps",
    ),
    "OneCycleLR": (
        "max_lr", "total_steps", "epochs", "steps_per_epoch", "pct_start", "anneal_strategy",
        "cycle_momentum", "base_momentum", "max_momentum", "div_factor", "final_div_factor",
        "three_phase", "last_epoch",
    ),
    "DataLoader": (
        "batch_size", "shuffle", "sampler", "batch_sampler", "num_workers", "collate_fn",
        "pin_memory", "drop_last", "timeout", "worker_init_fn", "multiprocessing_context",
        "generator", "prefetch_factor", "persistent_workers", "pin_memory_device", "in_order",
    ),
}  # fmt: skip


def parameters(called: str) -> tuple[str, ...]:
    """Names that ``called`` (``AdamW``, ``AdamW.__init__``) takes; empty for what is not known."""
    return _TAKEN.get(called.removesuffix(".__init__").rpartition(".")[2], ())
