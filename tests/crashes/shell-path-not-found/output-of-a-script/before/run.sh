set -e
python train.py >> "out/logs/train.log"
