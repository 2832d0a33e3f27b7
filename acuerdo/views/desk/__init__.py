"""What the people at the desk see: read models over all other topics; they change nothing."""
