from dataclasses import dataclass, field


@dataclass
class Hardware:
    device: str = field(default="cuda:0", metadata={"help": "where to train"})  # the big box
    workers: int = 0


@dataclass
class Options:
    hardware: Hardware = field(default_factory=Hardware)
    lr: float = 3e-4
