#!/bin/bash
set -e
cd .. && python train.py --epochs 3 --config scripts/a.yaml "$@"
