from tinynet.heads import net
print("RESULT", net())
