import glob, os

def latest(folder):
    files = glob.glob(os.path.join(folder, "step_*.pt"))
    return max(files, key=os.path.getmtime)
