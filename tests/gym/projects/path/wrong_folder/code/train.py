import json

points = json.load(open("data/points.json"))
w = 0
for x, y in points * 10:
    w += 0.1 * (y - w * x) * x
print("w", w)
print("trained")
