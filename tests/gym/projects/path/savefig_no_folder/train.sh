#!/usr/bin/env bash
set -euo pipefail
# train, then write the curve
python train.py \
    --curve figures/curve.csv
