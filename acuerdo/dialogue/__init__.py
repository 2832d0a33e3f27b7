"""The client of the dialogue engine."""
