import widgets

for step in range(3):
    print("step", step, "loss", widgets.loss(step))
print("trained")
