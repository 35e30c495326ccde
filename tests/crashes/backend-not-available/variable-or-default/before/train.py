from comm import start

start()
