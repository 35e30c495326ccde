from pkg.model import step

w = 0.0
for epoch in range(2):
    w = step(w)
    print("epoch", epoch, "w", w)
print("trained")
