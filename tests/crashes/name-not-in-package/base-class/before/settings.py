import collections


class Settings(collections.MutableMapping):
    """Settings by name."""

    def __init__(self, given):
        self.given = dict(given)

    def __getitem__(self, name):
        return self.given[name]

    def __setitem__(self, name, value):
        self.given[name] = value

    def __delitem__(self, name):
        del self.given[name]

    def __iter__(self):
        return iter(self.given)

    def __len__(self):
        return len(self.given)
