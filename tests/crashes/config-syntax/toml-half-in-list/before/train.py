import tomllib
cfg = tomllib.load(open('c.toml', 'rb'))
print(cfg)
