python train.py \
  --epochs 3 \
  --lr 0.1
