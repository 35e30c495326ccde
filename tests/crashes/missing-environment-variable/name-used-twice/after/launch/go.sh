#!/bin/bash
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
echo "run ${RUN_NAME}"  # not $LERAN_RATE
python train.py --lr "${LEARN_RATE}" --name "$RUN_NAME"
echo "$LEARN_RATE"
