from numpy import Inf, array, product

best = Inf
print(product(array([2, 3])), best)
