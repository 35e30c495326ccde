#!/bin/bash
set -e
export OMP_NUM_THREADS=1

# two processes on this machine
torchrun --nproc_per_node=2 \
    --standalone \
    train_ddp.py
