#!/bin/bash
set -e
cd "$(dirname "$0")"
source envs/vision/bin/activate || true
python train.py
