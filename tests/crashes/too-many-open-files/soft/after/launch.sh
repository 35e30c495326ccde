#!/bin/bash
# ulimit -n 64
ulimit -S -n 4096    # copied
python train.py
