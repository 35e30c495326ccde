from data import load_point

w = 0.0
for x, y in load_point() * 5:
    w += 0.1 * (y - w * x) * x
    print("w", w)
print("trained")
