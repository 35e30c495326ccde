from ckpt import restore

print(restore('base.pt'))
