import inspect


def build(factory, cfg):
    """Call `factory` with those of `cfg` that it takes."""
    names = inspect.getargspec(factory).args
    return factory(**{k: v for k, v in cfg.items() if k in names})
