from dataclasses import dataclass
import yaml
from linear import fit, toy
@dataclass
class C:
    lr: float
    warmup_epochs_ratio: float = 0.0
    warmup_epochs: int = 0
c = C(**yaml.safe_load(open("cfg.yaml")))
fit(*toy(), lr=c.lr)
