"""The page with the phone."""
