import dataclasses


@dataclasses.dataclass
class Config:
    names: list = dataclasses.field(default_factory=list)
    sizes: list = dataclasses.field(default_factory=list)


print(Config())
