#!/bin/bash
python train.py --train data/val/labels.csv
