from settings import Settings

settings = Settings({"epochs": 2})
for epoch in range(settings["epochs"]):
    print("epoch", epoch)
