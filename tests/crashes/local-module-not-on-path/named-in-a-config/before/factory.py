import importlib

def make(name):
    return importlib.import_module(name).Net()
