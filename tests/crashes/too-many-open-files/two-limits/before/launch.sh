#!/bin/bash
# ulimit -n 64
ulimit -c 0 -n 48
python train.py
