ulimit -n 30
bash inner.sh
