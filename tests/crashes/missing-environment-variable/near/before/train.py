import os
n=int(os.environ["NUM_EPOCHS"])
print(n)
