from dataclasses import dataclass


@dataclass
class Config:
    steps: int = 3
    losses: list = []


cfg = Config()
for step in range(cfg.steps):
    cfg.losses.append(1 / (step + 1))
    print("step", step, "loss", cfg.losses[-1])
print("trained")
