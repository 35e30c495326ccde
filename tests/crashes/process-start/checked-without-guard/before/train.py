import torch
import torch.multiprocessing as mp

def work(r):
    torch.manual_seed(r); print('epoch 0 loss', torch.rand(1).item())

if True:
    ps = [mp.get_context('spawn').Process(target=work, args=(i,)) for i in range(1)]
    [p.start() for p in ps]; [p.join() for p in ps]
    assert all(p.exitcode == 0 for p in ps)
    print('RESULT ok')
