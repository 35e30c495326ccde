import dataclasses


@dataclasses.dataclass
class Config:
    names: list = dataclasses.field(default_factory=list)
    sizes: list = [8, 16]


print(Config())
