correct, seen = 0, 0
print("accuracy", correct / seen)
