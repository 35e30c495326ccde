#!/bin/bash
SEEDS=(1 2)
for s in "${SEEDS[@]}"; do python train.py $s; done
