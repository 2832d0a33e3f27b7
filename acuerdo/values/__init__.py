"""Frozen values that every topic shares; nothing here imports anything of ours."""
