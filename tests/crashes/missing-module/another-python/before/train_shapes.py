import sys

import torch
