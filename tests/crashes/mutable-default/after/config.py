from dataclasses import dataclass, field  # records


@dataclass
class LogConfig:
    every: int = 10
    quiet: bool = False


# What a run is given.
@dataclass(frozen=True)
class TrainConfig:
    epochs: int = 2
    log: LogConfig = field(default_factory=LogConfig)  # where to
    sizes: tuple[int, ...] = ()
    more: LogConfig = field(default_factory=LogConfig)
