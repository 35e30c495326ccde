import math

from sentiment.config import read
from sentiment.reviews import PAD, ReviewSet  # the data
