import net

net.up(0, 1)
print("initialised")
