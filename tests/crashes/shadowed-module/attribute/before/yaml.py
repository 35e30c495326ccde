"""notes on our yaml files"""
FIELDS = ["lr", "epochs"]
