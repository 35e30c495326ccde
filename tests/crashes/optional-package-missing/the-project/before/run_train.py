import sys
sys.path.insert(0, "src")
from tinyfold.train import main

main()
