import os

root = "dataset"
print(open(os.path.join(root, "churn", "train.csv")).read())
