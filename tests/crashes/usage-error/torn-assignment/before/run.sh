LR= 0.1
python train.py --lr $LR || exit 1
