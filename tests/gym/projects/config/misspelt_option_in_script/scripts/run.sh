#!/bin/bash
# Experiment 1: "the small one"
OUT=/dev/null
for seed in 1; do
  python train.py --seed $seed \
    --nun-epochs 2 \
    --out "$OUT"   # nothing is kept
done
