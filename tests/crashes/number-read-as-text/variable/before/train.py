import os
EPOCHS = os.environ.get("EPOCHS", 5)
def main():
    for e in range(EPOCHS):
        print(e)
    print("trained")
main()
