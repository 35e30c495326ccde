#!/usr/bin/env bash
set -euo pipefail

python train_shapes.py \
    --epochs 3
