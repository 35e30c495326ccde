from collections import OrderedDict, \
    Mapping

print(OrderedDict, isinstance({}, Mapping))
