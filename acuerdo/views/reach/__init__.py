"""Whom somebody may reach, and the trace that they looked."""
