from dataclasses import dataclass


@dataclass
class Settings:
    lr: float = 0.1
    warmup_steps: int = 0
    warmup_stop: int = 0
    steps: int = 6
