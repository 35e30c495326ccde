#!/usr/bin/env bash
set -euo pipefail

/usr/bin/python3 train_shapes.py \
    --epochs 3
