#!/bin/bash
python train.py --train data/my set.csv --epochs 3
