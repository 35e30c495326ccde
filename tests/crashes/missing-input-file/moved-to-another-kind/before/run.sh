#!/bin/bash
python train.py --train data/meta.json
