from dataclasses import dataclass, field

from omegaconf import OmegaConf


@dataclass
class Train:
    steps: int = 10
    log_every: int = 10


@dataclass
class Exp:
    name: str = 'x'
    train: Train = field(default_factory=Train)


def read(path):
    return OmegaConf.merge(OmegaConf.structured(Exp), OmegaConf.load(path))
