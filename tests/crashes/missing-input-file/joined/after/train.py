import os

root = "datasets"
print(open(os.path.join(root, "churn", "train.csv")).read())
