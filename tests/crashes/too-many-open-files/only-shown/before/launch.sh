#!/bin/bash
# ulimit -n 64
ulimit -n
python train.py
