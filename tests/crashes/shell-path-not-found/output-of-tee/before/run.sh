#!/bin/bash
set -euo pipefail
python3 train.py 2>&1 | tee logs/x.log
