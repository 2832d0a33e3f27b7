"""Twilio: WhatsApp and the telephone. `*_inbound.py` read what it says, pure; the others ask it."""
