import attrs
import yaml

@attrs.define(kw_only=True)
class OptimConfig:
    name: str = attrs.field(validator=attrs.validators.in_(["adamw", "sgd"]))
    lr: float = attrs.field(validator=attrs.validators.instance_of(float))
    clip: float = attrs.field(default=1.0)

def from_yaml(path):
    raw = yaml.safe_load(open(path))
    return OptimConfig(**raw["optim"])
