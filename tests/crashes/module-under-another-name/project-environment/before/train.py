import yaml

print('trained')
