import yaml
c = yaml.safe_load(open('c.yaml'))
w = 1.
for e in range(c['train']['epochs']): w -= c['train']['lr'] * w; print('epoch', e, 'loss', w)
print('RESULT', c, w)
