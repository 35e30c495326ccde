#!/bin/bash
# ulimit -n 64
ulimit -n 4096    # copied from the old cluster
python train.py
