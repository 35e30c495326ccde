set -e
for s in 1 2; do
	./scripts/one.sh $s
done
echo trained
