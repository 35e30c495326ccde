#!/bin/bash
python train.py --train weights/best.npy
