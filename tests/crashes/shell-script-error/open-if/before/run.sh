for s in 1 2; do
  if [ $s -eq 1 ]; then
    python train.py --seed $s
done
