losses = [0.5, 0.4]
for epoch in range(3):
    print("epoch", epoch, "loss", losses[epoch])
