import yaml

from dm import DataModule
