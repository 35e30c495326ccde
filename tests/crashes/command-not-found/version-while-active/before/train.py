import sys
import numpy as np
from features import load
