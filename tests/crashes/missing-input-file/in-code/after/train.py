import csv

# rows of the training set
with open("data/train.csv", newline="") as file:
    print(len(list(csv.reader(file))))
