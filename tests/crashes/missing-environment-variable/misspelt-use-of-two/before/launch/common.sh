# shared
export RUN_NAME=lin
export LEARN_RATE=0.1
export LERAN_RATES=0.1,0.2
