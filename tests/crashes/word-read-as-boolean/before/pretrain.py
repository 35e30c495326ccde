from corpus import mixture

if __name__ == "__main__":
    print("building mixture")
    w = mixture("mix.yaml")
    print(w)
