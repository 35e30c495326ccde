#!/bin/bash
# the shared node allows 6 GB a process
ulimit -v 6000000
python train.py
