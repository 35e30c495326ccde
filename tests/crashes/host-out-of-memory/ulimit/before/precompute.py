import numpy as np


def gram(n_samples, dim):
    """Full kernel matrix."""
    feats = np.ones((n_samples, dim), dtype=np.float32)
    k = np.zeros((n_samples, n_samples), dtype=np.float64)
    np.matmul(feats, feats.T, out=k)
    return k
