names = open("files.txt", newline="").read().split("\n")
print(open(names[0]).read())
