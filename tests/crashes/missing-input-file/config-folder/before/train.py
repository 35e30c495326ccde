import argparse,yaml
p=argparse.ArgumentParser()
p.add_argument("--config",required=True)
print(yaml.safe_load(open(p.parse_args().config)))
