import argparse
import os.path as osp

import numpy as np


class Fitter(object):
	"""Indented with tabs, as it always was."""

	def __init__(self, out):
		self.out = out
		self.w = np.zeros(3)

	def step(self, x, y):
		self.w -= 0.1 * (x @ self.w - y) @ x / len(y)
		return float(((x @ self.w - y) ** 2).mean())

	def dump(self, step):
		np.savez(osp.join(self.out, 'weights_%03d.npz' % step), w=self.w)


def main():
	ap = argparse.ArgumentParser()
	ap.add_argument('--out', default='out')
	args = ap.parse_args()
	rng = np.random.default_rng(0)
	x = rng.normal(size=(64, 3)); y = x @ np.array([1., -2., .5])
	f = Fitter(args.out)
	for i in range(20):
		loss = f.step(x, y)
		if i % 10 == 9:
			print('step', i, 'loss', loss)
			f.dump(i)
	print('trained')


if __name__ == '__main__':
	main()
