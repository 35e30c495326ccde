tokens = "a b c"
score = 0.5 * tokens.split()[0]
print(score)
