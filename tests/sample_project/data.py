"""Three noisy rings around one centre."""

import numpy as np

RADII = (1.0, 2.0, 3.0)


def rings(points: int, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Points of shape (points, 2) and the number of the ring that each lies on."""
    random = np.random.default_rng(seed)
    labels = random.integers(len(RADII), size=points)
    angles = random.uniform(0, 2 * np.pi, size=points)
    radii = np.asarray(RADII)[labels] + random.normal(0, noise, size=points)
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1), labels


def batches(features, labels, size, random):
    """All points once, in random order, ``size`` at a time."""
    order = random.permutation(len(features))
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        yield features[chosen], labels[chosen]
