def load_points():
    return [(1, 2), (2, 4)]


def save_points(points):
    return points
