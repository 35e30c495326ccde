import os

out = "outputs"
with open(os.path.join(out, "log.txt"), "w") as file:
    file.write("step 0\n")
