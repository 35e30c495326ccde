import tempfile

held = [tempfile.TemporaryFile() for _ in range(64)]
for i, f in enumerate(held[:3]):
    print("step", i, f.fileno() > 0)
print("trained")
