import os

out = os.path.join("runs", "a")
os.makedirs(out)
for i in range(3):
    print("step", i)
with open(os.path.join(out, "w.txt"), "w") as f:
    f.write("1")
print("trained")
