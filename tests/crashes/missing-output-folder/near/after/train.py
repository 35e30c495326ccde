import os

out = "ouptuts"
os.makedirs(os.path.dirname(os.path.join(out, "log.txt")), exist_ok=True)
with open(os.path.join(out, "log.txt"), "w") as file:
    file.write("step 0\n")
