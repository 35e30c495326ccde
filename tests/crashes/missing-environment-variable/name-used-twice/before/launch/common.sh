export RUN_NAME=lin
export LEARN_RATE=0.1
