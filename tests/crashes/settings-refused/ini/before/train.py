import configparser

reader = configparser.ConfigParser()
reader.read("train.ini")
print("RESULT", reader.get("data", "log"))
