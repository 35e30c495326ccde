from schema import read

print(read('exp.yaml'))
