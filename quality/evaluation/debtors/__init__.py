"""Simulated debtors: people as data who talk with the running product through its doors.

A persona has a need, several ways to say everything, and answers what it is asked. It knows nothing
of the product but what stands on its phone. What it was told is held against the rules that no
conversation may break, and how the conversation ended against what should have come of it.
"""
