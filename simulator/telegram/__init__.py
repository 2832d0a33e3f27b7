"""The Telegram Bot API for one bot and private chats."""
