"""The door of other systems: REST with its documentation, and what operators ask."""
