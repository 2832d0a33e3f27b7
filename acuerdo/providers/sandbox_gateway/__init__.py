"""The simulator's payment gateway: `gateway.py` asks it, `inbound.py` reads its events, pure."""
