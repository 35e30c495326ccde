from .data import read

print(read('/'.join(['data', open('name.txt').read().strip(), 'train.txt'])))
