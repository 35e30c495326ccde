#!/bin/bash
set -e
export OMP_NUM_THREADS=1

# two processes on this machine
torchrun --nproc_per_node=2 \
    --master_port 29533 \
    train_ddp.py
