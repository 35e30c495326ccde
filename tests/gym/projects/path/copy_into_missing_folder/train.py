import argparse
import shutil
from pathlib import Path

import numpy as np
import yaml

ap = argparse.ArgumentParser()
ap.add_argument("--config")
ap.add_argument("--out", type=Path)
args = ap.parse_args()
shutil.copy(args.config, args.out / "config.yaml")
cfg = yaml.safe_load(Path(args.config).read_text())
w = np.zeros(2)
for step in range(cfg["steps"]):
    w += 0.5 * (1 - w)
    print("step", step, w)
np.save(args.out / "w.npy", w)
print("trained")
