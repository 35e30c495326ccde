#!/bin/bash
# ulimit -n 64
ulimit -n 48    # copied from the old cluster
python train.py
