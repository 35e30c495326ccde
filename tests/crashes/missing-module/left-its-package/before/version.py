import pkg_resources


def of(name):
    return pkg_resources.get_distribution(name).version
