from dataclasses import dataclass


@dataclass
class TrainConfig:
    steps: int = 4
    log_every: int = 2


cfg = TrainConfig()
w = 1.0
for step in range(cfg.steps):
    w *= 0.9
    if step % cfg.log_evrey == 0:
        print("step", step, "loss", w)
print("trained")
