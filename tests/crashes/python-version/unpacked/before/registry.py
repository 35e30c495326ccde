import inspect


def build(factory, config):
    taken, _, keywords, _ = inspect.getargspec(factory)
    return factory(**(config if keywords else {key: config[key] for key in taken}))
