import logging

log = logging.get_loger()
