"""The portfolio: what creditors hand over, and everything known about one debtor."""
