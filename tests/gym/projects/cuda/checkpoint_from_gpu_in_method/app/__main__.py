from . import loading

model = loading.Loader('init.pth').load()
print('step 1', sum(p.numel() for p in model.parameters()))
print('trained')
