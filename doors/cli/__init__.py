"""The door of operators: the `acuerdo` command, its processes, the demonstration."""
