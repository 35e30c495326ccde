set -eu
python train.py --data "$GYM_CORPUS"
