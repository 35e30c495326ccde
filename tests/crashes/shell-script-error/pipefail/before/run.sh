#!/bin/bash
set -euo pipefail
python train.py
