#!/bin/bash
set -euo pipefail
SEEDS=(1 2)
for seed in "${SEEDS[@]}"; do
    python train.py --seed "$seed" | tee "log_$seed.txt"
done
