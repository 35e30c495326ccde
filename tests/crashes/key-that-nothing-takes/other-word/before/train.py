import tomllib
from dataclasses import dataclass
from linear import fit, toy
@dataclass
class Sched:
    warmup: int = 0
    decay: float = 0.5
s = Sched(**tomllib.load(open("cfg.toml", "rb"))["sched"])
fit(*toy(), steps=20)
