"""What is owed and what was paid of what was agreed: it follows from the facts about money."""
