import sys
for i in range(int(sys.argv[1])):
    print("step", i)
print("trained")
