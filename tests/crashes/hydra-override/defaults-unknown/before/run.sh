#!/bin/sh
python train.py optim.lr=0.2 epochs=3
