import numpy as np


def bleu_like(precisions):
    return float(np.product(precisions) ** (1.0 / len(precisions)))
