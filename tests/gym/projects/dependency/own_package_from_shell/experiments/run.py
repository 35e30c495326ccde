from core.fit import fit
fit(3)
print("trained")
