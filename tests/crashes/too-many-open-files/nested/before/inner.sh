ulimit -n 20
python train.py
