import argparse
import torch


class Trainer:
    def __init__(self, model):
        self.model = model

    def resume(self, path):
        torch.serialization.add_safe_globals([argparse.Namespace])
        checkpoint = torch.load(path, map_location="cpu")
        self.model.load_state_dict(checkpoint["model"])
        print("resumed from epoch", checkpoint["epoch"], "with lr", checkpoint["args"].lr)


if __name__ == "__main__":
    trainer = Trainer(torch.nn.Linear(4, 2))
    trainer.resume("last.pt")
    print("done")
