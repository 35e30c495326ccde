#!/bin/bash
# reads data/corpsu, the small one
DATA=data
CORPUS="$DATA/corpus/train.txt"   # corpsu: 2 kB
exec python lm.py --text "${CORPUS}"
