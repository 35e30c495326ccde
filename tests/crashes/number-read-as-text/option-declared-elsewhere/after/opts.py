import argparse
def get():
    p = argparse.ArgumentParser()
    p.add_argument(
        "--lr",
        default=0.1, type=float,  # rate
    )
    return p.parse_args()
