from precompute import gram

print("building kernel")
k = gram(63_245, 32)
print("trained", k.shape)
