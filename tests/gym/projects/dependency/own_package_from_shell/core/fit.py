def fit(n):
    for i in range(n):
        print("step", i)
