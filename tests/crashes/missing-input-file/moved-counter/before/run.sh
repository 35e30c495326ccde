#!/bin/bash
python train.py --train ckpt/epoch_20.npy
