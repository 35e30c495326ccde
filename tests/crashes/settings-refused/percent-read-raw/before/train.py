import configparser
c = configparser.ConfigParser()
c.read('train.ini')
print(c['log']['stamp'])
print(c.get('log', 'stamp', raw=True))
