f=[open("train.py") for _ in range(100)]
