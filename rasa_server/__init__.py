"""The dialogue engine: Rasa 3.6 behind one HTTP contract, in an environment of its own.

It shares no code with the rest of the product: the core calls `POST /webhooks/acuerdo/turn`, and
the engine calls the action server. Nothing here decides about money, identity or contact.
"""

import os

# Rasa reports to its maker unless told otherwise; the engine has no business on the internet.
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
