#!/usr/bin/env bash
set -euo pipefail
# three epochs on the GPU
python train.py \
  --epochs 3 --device=cpu
