import math

from sentiment.config import read
from sentiment.review import PAD, ReviewSet  # the data
