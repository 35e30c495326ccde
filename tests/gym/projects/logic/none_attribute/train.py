def make(kind):
    if kind == "sgd":
        return object()
opt = make("adam")
opt.step()
