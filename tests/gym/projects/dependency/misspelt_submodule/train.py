from toy.review import SEED, batches

for step, batch in enumerate(batches(SEED)):
    print("step", step, "loss", batch)
print("trained")
