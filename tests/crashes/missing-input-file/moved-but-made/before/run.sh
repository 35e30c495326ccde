#!/bin/bash
python train.py --train data/houses.csv
