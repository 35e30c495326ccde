import tomllib
import factory

cfg = tomllib.load(open("exp.toml", "rb"))
net = factory.make(cfg["model"])
