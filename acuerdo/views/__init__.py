"""The read side: what people and other systems are shown, over all topics; it decides nothing."""
