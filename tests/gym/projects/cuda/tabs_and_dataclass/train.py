from dataclasses import dataclass

import torch


@dataclass
class Config:
	device: str = "cuda"
	width: int = 4	# neurons


class Trainer:
	def __init__(self, cfg: Config):
		self.cfg = cfg
		self.layer = torch.nn.Linear(cfg.width, 1)
		self.layer.to(cfg.device)

	def run(self):
		for step in range(2):
			y = self.layer(torch.ones(1, self.cfg.width, device=self.cfg.device))
			print("step", step, y.shape)


if __name__ == "__main__":
	Trainer(Config()).run()
	print("trained")
