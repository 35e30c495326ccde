#!/bin/bash
set -e
python train.py --epochs 3 --config configs/a.yaml "$@"
python train.py --epochs 4
