"""Floor 2: the hands that read a running program's stacks from outside, without stopping it."""
