#!/usr/bin/env bash
GPU=1          # second card
python train.py \
    --device cpu \
    --lr 0.05   # final
