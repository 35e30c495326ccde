import os

folder = os.environ["CHURN_DATA"]
print("data in", folder)
