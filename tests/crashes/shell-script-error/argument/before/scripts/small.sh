python train.py --data data/train.txt
