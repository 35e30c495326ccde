#!/bin/bash
python train.py --train weights/base.npy
