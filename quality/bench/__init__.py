"""How fast the whole product answers: `python -m quality.bench`, or `make bench`.

It starts a product of its own (its own ports, database and Redis, invented debtors), stands in for
the provider, and measures from the webhook that is posted to the answer that reaches the
provider's API. Nothing here asserts a time; it fails only where an answer is missing, doubled or
not the one that the talk expects.
"""
