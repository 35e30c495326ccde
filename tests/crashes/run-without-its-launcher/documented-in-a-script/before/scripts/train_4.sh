#!/bin/bash
torchrun --standalone --nproc-per-node 4 train_ddp.py --epochs 90 "$@"
