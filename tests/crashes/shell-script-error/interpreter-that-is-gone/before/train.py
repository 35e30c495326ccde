#!/opt/conda/envs/ml/bin/python -u
import sys

print(sys.argv)
