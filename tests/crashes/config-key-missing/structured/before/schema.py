from dataclasses import dataclass, field
from omegaconf import OmegaConf

@dataclass
class Train:
    steps: int = 10
    log_every: int = 10

@dataclass
class Data:
    n: int = 32

@dataclass
class Exp:
    name: str = "x"
    train: Train = field(default_factory=Train)
    data: Data = field(default_factory=Data)

def read(path):
    return OmegaConf.merge(OmegaConf.structured(Exp), OmegaConf.load(path))
