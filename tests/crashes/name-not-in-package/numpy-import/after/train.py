from numpy import inf as Inf, array, prod as product

best = Inf
print(product(array([2, 3])), best)
