#!/bin/bash
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
echo "run ${RUN_NAME}"
python train.py --steps "${NUM_STEP}" --name "$RUN_NAME"
