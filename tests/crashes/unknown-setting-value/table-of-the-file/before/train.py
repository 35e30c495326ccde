from dataclasses import dataclass

from torch import nn

ACTIVATIONS = {"gelu": nn.GELU, "relu": nn.ReLU, "silu": nn.SiLU}


@dataclass
class Config:
    activation: str = "gelu"
    dim: int = 8


cfg = Config("selu")
layer = ACTIVATIONS[cfg.activation]
