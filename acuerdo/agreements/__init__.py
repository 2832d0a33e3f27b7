"""Promises, plans and settlements: what may be offered, what was agreed, what became of it."""
