"""How people are told, in Spanish, what the core calls by a code."""
