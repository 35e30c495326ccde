import yaml
import prec

cfg = yaml.safe_load(open("run.yaml"))
print(prec.parse(cfg["precision"]))
