"""Telephone calls: what is heard and said in them, who is rung up, who takes them over."""
