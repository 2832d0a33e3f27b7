"""What managers ask: one file for each report, with its figures; queries in `repository.py`."""
