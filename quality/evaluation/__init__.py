"""How well the assistant understands people whom it was not trained on.

`python -m quality.evaluation` reads `data/evaluation`, written by other hands than `data/nlu` and
never trained on, and prints what is right, what is wrong and how much to believe the figures.
"""
