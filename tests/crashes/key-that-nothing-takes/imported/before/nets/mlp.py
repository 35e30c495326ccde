class MLP:
    def __init__(self, width, depth=2, *, dropout=0.0):
        self.width = width
