import os
EPOCHS = int(os.environ.get("EPOCHS", 5))
def main():
    for e in range(EPOCHS):
        print(e)
    print("trained")
main()
