python train.py \ 
  --steps 2 \
  --name "a b"
