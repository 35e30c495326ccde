#!/bin/bash
ulimit -n "${FILES:-48}"
python train.py
