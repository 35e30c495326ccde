#!/bin/bash
python train.py --train data/raw/houses.csv
