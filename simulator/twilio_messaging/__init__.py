"""Twilio's messaging and content APIs for one WhatsApp sender."""
