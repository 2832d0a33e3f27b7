"""Every webhook as it came: stored once, before anything is done with it, and what became of it."""
