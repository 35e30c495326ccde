class Cfg:
    lr = 1
