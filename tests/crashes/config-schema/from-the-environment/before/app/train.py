from app import settings

def main():
    s = settings.get()
    print("data at", s.shard_root)

if __name__ == "__main__":
    main()
