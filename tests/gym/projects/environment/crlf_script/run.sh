#!/bin/bash
# one run for each seed
for seed in 1 2; do
  python train.py --steps 2 --seed "$seed"
done
