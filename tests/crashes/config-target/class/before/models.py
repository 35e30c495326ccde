class LinearModel:
    def __init__(self, width):
        self.w = [0.0] * width
