COMMON=(--lerning-rate 0.1)
LONG=(--lerning-rate 0.01)
python train.py "${COMMON[@]}" --steps 5 || exit 1
python train.py "${LONG[@]}" --steps 9 || exit 1
