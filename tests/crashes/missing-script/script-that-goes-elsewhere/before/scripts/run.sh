#!/bin/bash
cd "$HOME/net"
python train.py --epochs 3 --config configs/a.yaml "$@"
