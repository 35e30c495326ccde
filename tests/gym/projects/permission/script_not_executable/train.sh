#!/bin/sh
python train.py "$1"
