import os
from sys import argv
x = 1
print("RESULT", x)
