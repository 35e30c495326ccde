import os
for step in range(2):
    print('step', step, os.environ['EXPERIMENT'])
print('trained')
