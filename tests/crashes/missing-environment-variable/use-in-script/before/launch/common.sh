# shared
export RUN_NAME=lin
export NUM_STEPS=20
