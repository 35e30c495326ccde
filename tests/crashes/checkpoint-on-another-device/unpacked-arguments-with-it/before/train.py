from ckpt import restore

print(restore('base.pt', map_location=None))
