#!/bin/bash
set -e
cd "$(dirname "$0")"
python train.py "${1:-3}"  # nightly
