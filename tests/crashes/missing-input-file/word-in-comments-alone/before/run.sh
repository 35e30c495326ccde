#!/bin/bash
# reads data/corpsu, the small one
DATA=data
NAME=$(cat name.txt)
exec python lm.py --text "$DATA/$NAME/train.txt"
