#!/usr/bin/env bash
set -u
source .env
python train.py --name "$RUN_NAME" --epochs "$NUM_EPOCH"
