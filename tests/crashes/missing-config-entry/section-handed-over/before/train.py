import configparser


def rate(parser):
    return parser["training"].getfloat("lr")


reader = configparser.ConfigParser()
reader.read("train.ini")
print("RESULT", rate(reader))
