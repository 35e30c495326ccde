./train.py --steps 20
