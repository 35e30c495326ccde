import inspect


def build(factory, config):
    taken = inspect.getargspec(factory).args
    return factory(**{key: config[key] for key in taken})
