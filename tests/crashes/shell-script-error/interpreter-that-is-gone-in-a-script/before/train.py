#!/opt/conda/envs/ml/bin/python
import sys

print(sys.argv)
