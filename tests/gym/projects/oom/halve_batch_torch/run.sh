ulimit -v 12000000
python train.py --batch_size 128
