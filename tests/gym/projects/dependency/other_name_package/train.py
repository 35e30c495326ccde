from dotenv import dotenv_values

values = dotenv_values(None)
for step in range(2):
    print("step", step, len(values))
print("trained")
