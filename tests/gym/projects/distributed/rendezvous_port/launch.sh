#!/bin/bash
# one node, two processes
torchrun --nproc_per_node=2 --master_port=29431 \
    train.py \
    --steps 2
