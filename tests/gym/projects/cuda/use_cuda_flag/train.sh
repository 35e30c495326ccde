python train.py \
  --cuda \
  --steps 2
