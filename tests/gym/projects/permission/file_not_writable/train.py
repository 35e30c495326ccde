with open("/sys/kernel/train.log", "w") as log:
    log.write("x")
print("trained")
