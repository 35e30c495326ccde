from pathlib import Path


class Shards:
    def __init__(self, folder):
        self.files = [p.open() for p in sorted(Path(folder).glob("*.txt"))]

    def __iter__(self):
        for f in self.files:
            f.seek(0)
            yield float(f.read())
