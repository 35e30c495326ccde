from dataclasses import dataclass  # records


@dataclass
class LogConfig:
    every: int = 10
    quiet: bool = False


# What a run is given.
@dataclass(frozen=True)
class TrainConfig:
    epochs: int = 2
    log: LogConfig = LogConfig()  # where to
    sizes: tuple[int, ...] = ()
    more: LogConfig = LogConfig()
