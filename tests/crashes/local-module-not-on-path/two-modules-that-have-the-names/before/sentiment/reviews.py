PAD = 0


class ReviewSet: ...
