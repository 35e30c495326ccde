"""Two classifiers with one hidden layer, and the gradients of their cross entropy."""

import numpy as np


def dense(random, inputs, outputs):
    """Weights (inputs, outputs) after He, and biases."""
    return random.normal(0, np.sqrt(2 / inputs), (inputs, outputs)), np.zeros(outputs)


def softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def cross_entropy(probabilities, labels):
    return -np.log(probabilities[np.arange(len(labels)), labels] + 1e-12).mean()


class Network:
    """Input, ReLU, output."""

    def __init__(self, inputs, hidden, outputs, seed=0):
        random = np.random.default_rng(seed)
        self.w1, self.b1 = dense(random, inputs, hidden)
        self.w2, self.b2 = dense(random, hidden, outputs)

    def features(self, x):
        return np.maximum(x @ self.w1 + self.b1, 0)

    def forward(self, x):
        return softmax(self.features(x) @ self.w2 + self.b2)

    def step(self, x, labels, learning_rate):
        """One step of gradient descent; returns the loss before it."""
        features = self.features(x)
        probabilities = softmax(features @ self.w2 + self.b2)
        error = probabilities.copy()
        error[np.arange(len(labels)), labels] -= 1
        error /= len(labels)
        hidden_error = (error @ self.w2.T) * (features > 0)
        self.w2 -= learning_rate * features.T @ error
        self.b2 -= learning_rate * error.sum(axis=0)
        self.w1 -= learning_rate * x.T @ hidden_error
        self.b1 -= learning_rate * hidden_error.sum(axis=0)
        return cross_entropy(probabilities, labels)


class WideNetwork(Network):
    """The output layer also sees the input itself."""

    def features(self, x):
        return np.concatenate([super().features(x), x], axis=1)
