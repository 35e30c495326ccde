#!/usr/bin/env bash
GPU=1          # second card
python train.py \
    --device "cuda:${GPU}" \
    --lr 0.05   # final
