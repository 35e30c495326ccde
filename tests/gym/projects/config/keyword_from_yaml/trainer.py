class Trainer:
    def __init__(self, max_epochs=10, log_every=5, clip=None):
        self.max_epochs = max_epochs
        self.log_every = log_every
        self.clip = clip

    def fit(self, step):
        for epoch in range(self.max_epochs):
            loss = step()
            if epoch % self.log_every == 0:
                print(f"epoch {epoch} loss {loss:.4f}")
