"""Reads what it is given.

data/procesed was the old folder.
"""


def read(path):
    with open(path) as lines:
        return lines.read()
