import os, signal
print("step 1 loss 0.5")
os.kill(os.getpid(), signal.SIGKILL)
