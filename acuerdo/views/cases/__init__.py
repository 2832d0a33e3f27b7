"""Cases as people and other systems read them."""
