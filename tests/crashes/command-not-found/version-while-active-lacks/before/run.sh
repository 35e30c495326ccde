#!/bin/bash
set -e
cd "$(dirname "$0")"
python3.8 train.py "${1:-3}"  # nightly
