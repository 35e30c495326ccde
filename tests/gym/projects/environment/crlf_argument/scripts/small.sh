python train.py --epochs 2 --data data/small.txt
