#!/usr/bin/env bash
set -euo pipefail

"$PYTHON" train_shapes.py \
    --epochs 3
