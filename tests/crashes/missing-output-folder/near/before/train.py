import os

out = "ouptuts"
with open(os.path.join(out, "log.txt"), "w") as file:
    file.write("step 0\n")
