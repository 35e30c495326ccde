#!/usr/bin/env bash
set -euo pipefail
export OMP_NUM_THREADS=1
python3.7 train.py --n 5
