#!/bin/bash
# ulimit -n 64
ulimit -S -n 48    # copied
python train.py
