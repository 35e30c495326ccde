# was: --lerning-rate
COMMON=(--learning-rate 0.1)
python train.py "${COMMON[@]}" --steps 5 || exit 1
python train.py "${COMMON[@]}" --steps 9 || exit 1
