from .data import read

print(read('train'))
