#!/bin/bash
python train.py --epochs 2 \
    --label-smoothing 0.1 --lr 0.1
