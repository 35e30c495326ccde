import numpy as np

import metrics

w, best = np.zeros(3), -np.inf
x = np.eye(3)
y = np.ones(3)
for step in range(5):
    err = x @ w - y
    w -= 0.5 * x.T @ err
    score = metrics.bleu_like(1 - np.abs(err) + 1e-3)
    best = max(best, score)
    print(f"step {step} score {score:.4f}")
print("trained", best)
