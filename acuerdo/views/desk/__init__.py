"""What the people at the desk see: one file for each screen; nothing here changes anything."""
