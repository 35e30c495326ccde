NUM_EPOCS=3
python train.py --name run_$NUM_EPOCS
