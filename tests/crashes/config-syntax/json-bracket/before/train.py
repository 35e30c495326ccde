import json
c = json.load(open('hp.json'))
w = 1.
for e in range(c['epochs']): w -= c['lr'] * w; print('epoch', e, 'loss', w)
print('RESULT', c, w)
