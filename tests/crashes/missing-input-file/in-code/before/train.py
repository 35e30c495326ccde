import csv

# rows of the training set
with open("data/trian.csv", newline="") as file:
    print(len(list(csv.reader(file))))
