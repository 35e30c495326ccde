import sys

import timm
