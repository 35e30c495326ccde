from sklearn.datasets import load_boston

def read():
    return load_boston(return_X_y=True)
