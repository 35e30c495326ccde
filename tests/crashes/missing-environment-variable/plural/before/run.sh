set -eu
export WANDB_NAMES=a1
python train.py --name "$WANDB_NAME"
