"""The door of other systems: REST, payment events, operation."""
