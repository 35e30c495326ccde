import configparser
c = configparser.ConfigParser()
c.read('train.ini')
print(c['log']['stamp'])
