"""The control API: play people, read what they received, make things go wrong."""
