set -e
source env311/bin/activate
python train.py
