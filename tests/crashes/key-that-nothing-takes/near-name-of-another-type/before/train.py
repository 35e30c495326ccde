import sys
from dataclasses import dataclass
import yaml


@dataclass(frozen=True)
class TrainConfig:
    dim: int = 32
    warmup: int | None = None


def read(path):
    with open(path) as fh:
        return TrainConfig(**yaml.safe_load(fh))


cfg = read(sys.argv[1])
