"""Floor 1: from the stacks of a run's processes to who waits for whom. Pure."""
