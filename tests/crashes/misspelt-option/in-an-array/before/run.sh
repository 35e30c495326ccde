# was: --lerning-rate
COMMON=(--lerning-rate 0.1)
python train.py "${COMMON[@]}" --steps 5 || exit 1
python train.py "${COMMON[@]}" --steps 9 || exit 1
