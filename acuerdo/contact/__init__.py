"""Reaching people: whether law, house and person allow it now, and the one gate that does it."""
