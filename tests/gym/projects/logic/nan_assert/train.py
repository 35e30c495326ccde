import math
loss = 1.0
for step in range(5):
    loss = loss * 1e200
    print("step", step, "loss", loss)
    assert math.isfinite(loss), f"loss is {loss} at step {step}"
