set -u
TRAIN_DIRS="data/a data/b"
for d in $TRAIN_DIRS; do echo $d; done
python train.py --out "$TRAIN_DIR"
