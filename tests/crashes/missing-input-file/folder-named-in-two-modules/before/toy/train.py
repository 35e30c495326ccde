from .data import read
from . import report

print(read('train'))
