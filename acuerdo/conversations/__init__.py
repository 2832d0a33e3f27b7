"""Conversations: messages in, the turn with the engine, messages out, the hand-off to a person."""
