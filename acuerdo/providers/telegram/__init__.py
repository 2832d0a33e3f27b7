"""Telegram: `inbound.py` reads its updates, pure; `bot.py` asks its Bot API."""
