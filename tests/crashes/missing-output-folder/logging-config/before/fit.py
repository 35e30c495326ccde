import argparse
import logging
import logging.config

import numpy as np
import yaml


def setup_logging(path="conf/logging.yaml"):
    with open(path) as f:
        logging.config.dictConfig(yaml.safe_load(f))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--steps", type=int, default=100)
    args = ap.parse_args()
    setup_logging()
    w = np.ones(3)
    for s in range(args.steps):
        w *= 0.9
        logging.info("step %d loss %.4f", s, (w ** 2).sum())
    logging.info("fit finished")


if __name__ == "__main__":
    main()
