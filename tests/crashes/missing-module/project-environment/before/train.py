import tqdm

print('trained')
