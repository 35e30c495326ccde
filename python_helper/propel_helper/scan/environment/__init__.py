"""What a project declares and shows about what it trains with. Pure: one file per kind of fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from propel_helper.facts.command import Environment, FrameworkFact
from propel_helper.scan.environment.precision import precision
from propel_helper.scan.environment.python_version import python_version
from propel_helper.scan.environment.requirements import required
from propel_helper.scan.reading import Traits

FRAMEWORKS = (
    "torch", "lightning", "pytorch-lightning", "tensorflow", "keras", "jax", "flax", "paddlepaddle",
    "mxnet", "mindspore", "transformers", "accelerate", "deepspeed", "trl", "peft", "timm",
    "stable-baselines3", "ultralytics", "composer", "mlx",
)  # fmt: skip
"""Distribution names, the ones that others stand on first."""

TRACKERS = ("wandb", "tensorboard", "mlflow", "comet-ml", "neptune", "aim", "clearml", "swanlab",
            "trackio")  # fmt: skip


@dataclass(frozen=True)
class Best:
    """The best command's text, its config's text ("" without one), and its script's traits."""

    command: str = ""
    config: str = ""
    traits: tuple[Traits, ...] = ()


def environment(texts: Mapping[str, str], traits: Iterable[Traits], best: Best) -> Environment:
    """Facts from declaring files (name -> text) and from what the runnable files import.

    ``traits`` are those of all of them.
    """
    shown = tuple(traits)
    declared = required(texts)
    imported = {name for one in shown for name in one.uses}
    names = [name for name in FRAMEWORKS if name in declared or name in imported]
    return Environment(
        python=python_version(texts),
        frameworks=tuple(FrameworkFact(name, declared.get(name)) for name in names),
        cuda={},
        trackers=tuple(name for name in TRACKERS if name in declared or name in imported),
        precision=precision(best.command, best.config, best.traits),
    )
