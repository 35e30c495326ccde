from .model import loss

for step in range(3):
    print("step", step, "loss", loss(step))
print("trained")
