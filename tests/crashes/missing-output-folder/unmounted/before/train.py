import os

out = "/mnt/lab_share/lin/run3"
with open(os.path.join(out, "log.txt"), "w") as file:
    file.write("step 0\n")
