import cfg

def main():
    oc = cfg.from_yaml("conf.yml")
    print("optimizer", oc.name, oc.lr)

main()
