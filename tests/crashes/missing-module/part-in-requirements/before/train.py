from ruamel.yaml import YAML
