import os

out = os.path.join("runs", "a")
os.makedirs(out)
print("step 0")
