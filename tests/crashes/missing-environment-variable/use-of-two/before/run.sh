set -u
LEARN_RATE=0.1
echo "lr ${LEARN_RATE}"
python train.py --lr "${LERAN_RATE}"
