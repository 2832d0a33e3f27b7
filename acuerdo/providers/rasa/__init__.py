"""The dialogue engine: `engine.py` asks it, `secret.py` proves who asks whom."""
