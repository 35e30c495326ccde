import torch


def load(): ...
