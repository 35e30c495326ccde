import time

import torch


class Watch:
    def __init__(self):
        self.start = time.time()
        self.laps = []

    def lap(self):
        if torch.cuda.is_available():
            torch.cuda.synchronize()  # wait for the kernels
        self.laps.append(time.time() - self.start)


device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
net = torch.nn.Linear(2, 2).to(device)
watch = Watch()
watch.lap()
