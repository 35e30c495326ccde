from dataclasses import dataclass
from jsonargparse import ArgumentParser, ActionConfigFile

@dataclass
class OptimCfg:
    lr: float = 1e-3
    weight_decay: float = 0.0

@dataclass
class DataCfg:
    root: str = "data"
    workers: int = 2

def main():
    p = ArgumentParser(prog="train.py")
    p.add_argument("--config", action=ActionConfigFile)
    p.add_argument("--optim", type=OptimCfg, default=OptimCfg())
    p.add_argument("--data", type=DataCfg, default=DataCfg())
    p.add_argument("--epochs", type=int, default=3)
    cfg = p.parse_args()
    print(cfg)

if __name__ == "__main__":
    main()
